/** What is compared: executions that are stored, or captured windows directly. */
export type CompareKind = 'executions' | 'windows';

/** One side as it is chosen; whatever is left out is chosen by the panel. Times are ISO. */
export type SideArgs = {
  /** The folder of `driftline.yaml` below the server's root. */
  readonly project?: string;
  /** Of executions. */
  readonly monitor?: string;
  readonly scheduledTime?: string;
  /** Of windows; default: the monitor's. */
  readonly endpoint?: string;
  /** Default: all variants. */
  readonly variant?: string;
  readonly start?: string;
  readonly end?: string;
};

/** Of the command `driftline:compare`: the left side is the baseline, the right one is current. */
export type CompareArgs = {
  /** Of both sides, where they name none. */
  readonly project?: string;
  readonly kind?: CompareKind;
  readonly left?: SideArgs;
  readonly right?: SideArgs;
};

/** The sides in this order, always. */
export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];
