import type { Report } from 'driftline';
import type { OtherLimits } from 'driftline/browser';
import type { MeasurePoint } from '../../charts/measure-points.js';

/** Something that has limits: a feature or a metric. */
export interface LimitSubject {
  readonly name: string;
  /** What the list says behind the name: "Integral", "higher is better". */
  readonly about: string;
}

/** One field of a subject, or of the file as a whole. */
export interface LimitField {
  readonly node: HTMLElement;
  /** Shows what the text says now. */
  readonly refresh: () => void;
}

/** How constraints of one monitor type are edited as a form. `Value` is the parsed file. */
export interface LimitKind<Value> {
  readonly parse: (text: string) => Value;
  readonly stringify: (value: Value) => string;
  readonly limits: (value: Value) => OtherLimits;
  readonly subjects: (value: Value) => readonly LimitSubject[];
  /**
   * The value with a subject's limits as they were suggested; undefined where nobody knows.
   *
   * @param suggested - the whole file as it was suggested, where it is known.
   */
  readonly suggested: (subject: string, value: Value, suggested: Value | undefined) => Value | undefined;
  /** What the way back to it is called. */
  readonly suggestedWords: string;
  /** What a filter of subjects says, and how many it leaves. */
  readonly filterWords: string;
  readonly countWords: (left: number, all: number) => string;
  /** Fields of the file as a whole. */
  readonly general: (edit: Edit<Value>) => readonly LimitField[];
  readonly fields: (subject: string, edit: Edit<Value>, suggested: Suggested) => readonly LimitField[];
  /** What was measured of a subject in a report, with the limit that `value` sets; undefined where nothing was. */
  readonly measured: (
    subject: string,
    value: Value,
    report: Report,
  ) => Omit<MeasurePoint, 'scheduledTime' | 'start' | 'rows' | 'violated'> | undefined;
  /** What the chart's vertical axis is of. */
  readonly measureTitle: (subject: string) => string;
  /** Whether an alert is about a subject. */
  readonly isAbout: (subject: string, alertId: string) => boolean;
  /** What the back-test cannot tell. */
  readonly blindSpots: string;
}

/** The file as it is now, and how it is changed. */
export interface Edit<Value> {
  readonly value: () => Value;
  /** @param subject - edits of one limit in a row are undone together. */
  readonly change: (edit: (value: Value) => Value, subject?: string) => void;
}

/** Why values were suggested, by feature. */
export interface Suggested {
  readonly reasons: (subject: string) => readonly string[];
}
