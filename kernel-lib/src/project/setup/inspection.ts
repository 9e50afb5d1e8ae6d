import type { ColumnType } from '../../capture/cell-type.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { MonitorType } from '../../report/report.js';

/** What an endpoint's monitors are set up from: local paths or `s3://`. */
export interface SetupSources {
  /** What the model was trained on, or scored validation data: CSV, JSON Lines or Parquet. */
  readonly dataset: string;
  /** Where requests and responses are captured. */
  readonly capture: string;
  readonly groundTruth?: string | undefined;
  readonly model?: string | undefined;
}

/** What a sample says of a column. */
export interface InspectedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Up to five different values as they are written. */
  readonly examples: readonly string[];
  /** Different values in the sample, at most 1,000. */
  readonly distinct: number;
  /** Rows of the sample without a value. */
  readonly missing: number;
}

/** A column of what is captured, and the column of the training file that it is. */
export interface CapturedColumn extends InspectedColumn {
  readonly part: 'output' | 'input' | 'ground-truth';
  /** From 0, within its part. */
  readonly position: number;
  /** Whether the capture itself names it (JSON keys); the names of others can be chosen. */
  readonly named: boolean;
  /** Its name in the training file; undefined where it has none there. */
  readonly column?: string;
  /** Of an output: which of the model's answers it seems to be. */
  readonly role?: 'prediction' | 'probability';
  /** Why this column. */
  readonly reason: string;
  /** Fraction of the sampled values that the training file's column could hold; undefined where nothing is compared. */
  readonly fit?: number;
}

/** A guess, and what it rests on. */
export interface Guess<Value extends string = string> {
  readonly value: Value;
  readonly reason: string;
}

/** Whether a monitor can be set up, and why not. */
export interface MonitorChoice {
  readonly type: MonitorType;
  readonly possible: boolean;
  /** What it will watch; or what is missing, and how to give it. */
  readonly reason: string;
}

/** What samples of training file and capture say; plain JSON. Made by `inspectSources`. */
export interface SetupInspection {
  readonly sources: SetupSources;
  /** A name for the endpoint: the capture's own, or that of its folder. */
  readonly endpoint: string;
  readonly dataset: {
    readonly format: string;
    /** Rows of the sample: the first ones of the file. */
    readonly rows: number;
    /** Whether the file has more. */
    readonly more: boolean;
    readonly columns: readonly InspectedColumn[];
  };
  readonly capture: {
    /** The captured hour that was sampled, ISO: the newest one. Absent for files outside hour folders. */
    readonly hour?: string;
    readonly oldestHour?: string;
    /** Records of the sample, and lines that could not be read. */
    readonly records: number;
    readonly unreadable: number;
    /** Output, then input, in captured order. */
    readonly columns: readonly CapturedColumn[];
  };
  readonly groundTruth?: {
    readonly hour?: string;
    readonly records: number;
    readonly columns: readonly CapturedColumn[];
  };
  /** The model's inputs by name, where its file tells them. */
  readonly modelFeatures?: readonly string[];
  /** Columns of the training file. */
  readonly label?: Guess;
  readonly prediction?: Guess;
  readonly probability?: Guess;
  readonly problemType?: Guess<ProblemType>;
  /** The label that means yes, where there are two. */
  readonly positiveLabel?: Guess;
  /** Columns that tell people apart, to compare them. */
  readonly facets: readonly Guess[];
  readonly monitors: readonly MonitorChoice[];
  /** What was read, and what should be looked at. */
  readonly notes: readonly string[];
}
