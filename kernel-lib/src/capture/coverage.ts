import { HOUR_MS, isoHour } from './hour-path.js';
import type { LabelTable } from './label-table.js';
import type { LabelCoverage } from './summary.js';

/** Counts which predictions have their label, and how late labels came: by hour, so that its size depends on hours. */
export class CoverageCounter {
  readonly #labels: LabelTable | undefined;
  readonly #used: Uint8Array;
  readonly #hours = new Map<number, { predictions: number; labelled: number }>();
  /** Rows by hours of delay. */
  readonly #delays = new Map<number, number>();

  constructor(labels: LabelTable | undefined) {
    this.#labels = labels;
    this.#used = new Uint8Array(labels?.size ?? 0);
  }

  /** @param late - ISO hour folder in which the label lies, where there are such folders. */
  add(hour: number, labelled: boolean, late: string | undefined): void {
    let counts = this.#hours.get(hour);
    if (counts === undefined) {
      counts = { predictions: 0, labelled: 0 };
      this.#hours.set(hour, counts);
    }
    counts.predictions++;
    if (!labelled) return;
    counts.labelled++;
    if (late === undefined || hour < 0) return;
    const delay = Math.max(0, Date.parse(late) / HOUR_MS - hour);
    if (Number.isFinite(delay)) this.#delays.set(delay, (this.#delays.get(delay) ?? 0) + 1);
  }

  /** Marks a label of the table as met. */
  use(label: number): void {
    this.#used[label] = 1;
  }

  finish(): LabelCoverage {
    const counted = [...this.#hours].sort(([a], [b]) => a - b);
    const sum = (key: 'predictions' | 'labelled'): number => counted.reduce((all, [, counts]) => all + counts[key], 0);
    const delayHours = this.#delaySummary();
    return {
      predictions: sum('predictions'),
      labelled: sum('labelled'),
      unmatchedLabels: this.#used.reduce((all, used) => all + (used === 0 ? 1 : 0), 0),
      repeatedLabels: this.#labels?.repeated ?? 0,
      hours: counted.flatMap(([hour, counts]) => (hour < 0 ? [] : [{ hour: isoHour(hour * HOUR_MS), ...counts }])),
      ...(delayHours && { delayHours }),
    };
  }

  #delaySummary(): LabelCoverage['delayHours'] {
    const delays = [...this.#delays].sort(([a], [b]) => a - b);
    if (delays.length === 0) return undefined;
    const total = delays.reduce((sum, [, rows]) => sum + rows, 0);
    const at = (share: number): number => {
      let below = 0;
      for (const [delay, rows] of delays) {
        below += rows;
        if (below >= share * total) return delay;
      }
      return delays.at(-1)![0];
    };
    return { median: at(0.5), p95: at(0.95), max: delays.at(-1)![0] };
  }
}
