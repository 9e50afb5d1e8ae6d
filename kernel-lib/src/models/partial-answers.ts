import { MonitorError, type MonitorErrorOptions } from '../errors.js';
import type { ModelAnswer } from './model.js';

/** A model failed half-way: code `MODEL`, with what it had answered until then. */
export class PartialAnswersError extends MonitorError {
  /** Of the call's first rows, one a row; the row after them is the first without an answer. */
  readonly answers: readonly ModelAnswer[];

  constructor(what: string, answers: readonly ModelAnswer[], options: MonitorErrorOptions) {
    super('MODEL', what, options);
    this.answers = answers;
  }
}
