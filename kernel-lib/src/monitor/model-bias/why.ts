import { biasSegments } from '../../metrics/bias/bias-segments.js';
import { type CauseParts, causeOf } from '../../metrics/bias/cause.js';
import type { BiasCells, FacetCounts } from '../../metrics/bias/counts.js';
import type { BiasMetric } from '../../metrics/bias/metric.js';
import { encodeColumns, SegmentCells } from '../../metrics/bias/segment-cells.js';
import type { SegmentPlan } from '../../metrics/segments/binning.js';
import type { BiasSegment } from '../../report/model-bias-report.js';
import type { BaselineGroup, BiasFile } from './bias-file.js';
import type { BiasSample } from './bias-sample.js';
import type { MeasuredBias, MeasuredGroup } from './measure.js';

/** Why a metric changed: the parts of the change, and the rows that carry it. */
export interface Why {
  readonly parts: CauseParts;
  readonly segments: readonly BiasSegment[];
}

/** Counts the rows of groups by segment; the sample is coded once. */
export class SegmentCounter {
  readonly #plan: SegmentPlan;
  readonly #codes: readonly Uint8Array[];
  readonly #measured: MeasuredBias;

  constructor(plan: SegmentPlan, { columns, rows }: BiasSample, measured: MeasuredBias) {
    this.#plan = plan;
    this.#codes = encodeColumns(plan, columns, rows);
    this.#measured = measured;
  }

  of({ members }: MeasuredGroup): SegmentCells {
    const cells = new SegmentCells(this.#plan);
    const { labels, predictions } = this.#measured.rows;
    cells.add(this.#codes, members, labels, predictions);
    return cells;
  }
}

/** A group's counts in both samples, so that causes can be asked for. */
export class GroupCauses {
  readonly #facet: string;
  readonly #baseline: FacetCounts;
  readonly #current: FacetCounts;
  readonly #segments: readonly [SegmentCells, SegmentCells] | undefined;

  constructor(
    group: MeasuredGroup,
    measured: MeasuredBias,
    baseline: { readonly counts: FacetCounts; readonly state: BaselineGroup; readonly file: BiasFile },
    counter: SegmentCounter,
  ) {
    this.#facet = group.facet;
    [this.#baseline, this.#current] = sameGroups(
      baseline.counts,
      baseline.file.groupValues ?? [],
      group.counts,
      measured.groupValues ?? [],
    );
    const { segments } = baseline.state;
    this.#segments = segments && [SegmentCells.fromState(baseline.file.plan, segments), counter.of(group)];
  }

  /** Undefined where the change cannot be taken apart. */
  of(metric: BiasMetric): Why | undefined {
    const parts = causeOf(metric, this.#baseline, this.#current);
    if (parts === undefined) return undefined;
    const segments =
      this.#segments === undefined ? [] : biasSegments(metric, ...this.#segments, { facet: this.#facet });
    return { parts, segments };
  }
}

/** Both samples with the same values of the group variable in the same order; a value that one lacks has no rows there. */
function sameGroups(
  baseline: FacetCounts,
  baselineValues: readonly string[],
  current: FacetCounts,
  currentValues: readonly string[],
): [FacetCounts, FacetCounts] {
  if (baseline.groups === undefined || current.groups === undefined) return [baseline, current];
  const values = [...new Set([...baselineValues, ...currentValues])];
  const aligned = (counts: FacetCounts, own: readonly string[]): FacetCounts => ({
    ...counts,
    groups: values.map((value): BiasCells => counts.groups![own.indexOf(value)] ?? new Float64Array(8)),
  });
  return [aligned(baseline, baselineValues), aligned(current, currentValues)];
}
