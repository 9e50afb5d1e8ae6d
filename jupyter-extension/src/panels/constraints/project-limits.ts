/** Limits that stand in `driftline.yaml`: the file's text, with what it says of one monitor. */
export interface ProjectLimits<Limits> {
  readonly text: string;
  readonly limits: Limits;
}
