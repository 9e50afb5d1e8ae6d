/** The name of the annotations file, beside `driftline.yaml`. */
export const ANNOTATIONS_FILE = 'driftline-annotations.json';

/** Something that happened to an endpoint: a mark on every time axis. */
export interface ProjectEvent {
  /** Unique in the file. */
  readonly id: string;
  /** ISO. */
  readonly time: string;
  readonly kind: 'baseline' | 'deployment' | 'incident' | 'note';
  /** Left out: of all endpoints. */
  readonly endpoint?: string;
  readonly text: string;
}

/**
 * What people decided about a violation of a monitor. `accepted`: a measure no further beyond the limit than `measured`
 * is the new normal. `muted`: it does not count until `until`. `note`: a remark.
 */
export interface ViolationDecision {
  readonly id: string;
  readonly monitor: string;
  /** `Violation.id`. */
  readonly violation: string;
  readonly kind: 'accepted' | 'muted' | 'note';
  /** ISO: when it was decided. */
  readonly at: string;
  /** Accepted: what was measured then. */
  readonly measured?: number;
  /** Muted: ISO. */
  readonly until?: string;
  readonly text?: string;
}

/** `driftline-annotations.json`: what people added to the project's results. */
export interface AnnotationsFile {
  readonly schema: 'driftline.annotations';
  readonly version: 1;
  readonly events: readonly ProjectEvent[];
  readonly decisions: readonly ViolationDecision[];
}
