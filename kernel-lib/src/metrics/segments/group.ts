import type { SegmentCondition } from '../../report/model-quality-report.js';
import { neverSeenCode, type SegmentFeature, type SegmentPlan, segmentCodes } from './binning.js';
import type { CodeRange, LossSums, SegmentTable } from './table.js';

/** One condition or two of different features, which all rows of the group meet. */
export type Group = readonly [CodeRange] | readonly [CodeRange, CodeRange];

/** A group's rows and losses in one sample. */
export function sumsOf(table: SegmentTable, group: Group): LossSums {
  return group.length === 1 ? table.single(group[0]) : table.both(group[0], group[1])!;
}

/** All codes of a feature that name a group of the baseline, each by itself: missing, ranges, categories, "other". */
export function elementaryRanges(plan: SegmentPlan, feature: number): CodeRange[] {
  const described = plan.features[feature]!;
  const neverSeen = neverSeenCode(described);
  const codes = Array.from({ length: segmentCodes(described) }, (_, code) => code);
  return codes.filter((code) => code !== neverSeen).map((code) => ({ feature, from: code, to: code }));
}

/** Of a numeric feature, all ranges of at least two neighbouring bins but not of all bins; none of a categorical one. */
export function joinedRanges(plan: SegmentPlan, feature: number): CodeRange[] {
  const described = plan.features[feature]!;
  if (described.kind !== 'numeric') return [];
  const ranges: CodeRange[] = [];
  const last = described.edges.length + 1;
  for (let from = 1; from <= last; from++) {
    for (let to = from + 1; to <= last; to++) if (from > 1 || to < last) ranges.push({ feature, from, to });
  }
  return ranges;
}

/** The range with one neighbouring bin more on either side, where that leaves out at least one bin. */
export function widerRanges(plan: SegmentPlan, range: CodeRange): CodeRange[] {
  const described = plan.features[range.feature]!;
  if (described.kind !== 'numeric' || range.from === 0) return [];
  const last = described.edges.length + 1;
  if (range.to - range.from + 2 >= last) return [];
  const wider: CodeRange[] = [];
  if (range.from > 1) wider.push({ ...range, from: range.from - 1 });
  if (range.to < last) wider.push({ ...range, to: range.to + 1 });
  return wider;
}

/** A condition as the report has it. */
export function conditionOf(plan: SegmentPlan, { feature, from, to }: CodeRange): SegmentCondition {
  const described = plan.features[feature]!;
  const { name } = described;
  if (from === 0) return { feature: name, kind: 'missing' };
  if (described.kind === 'categorical') return { feature: name, kind: 'equals', value: categoryOf(described, from) };
  const lower = described.edges[from - 2];
  const upper = described.edges[to - 1];
  return {
    feature: name,
    kind: 'range',
    ...(lower !== undefined && { from: lower }),
    ...(upper !== undefined && { to: upper }),
  };
}

function categoryOf(feature: SegmentFeature & { readonly kind: 'categorical' }, code: number): string {
  const category = feature.categories[code - 1];
  if (category !== undefined) return category;
  const rare = feature.rare.length;
  return feature.open
    ? `other (more than ${rare} rare values)`
    : `other (${rare} rare ${rare === 1 ? 'value' : 'values'})`;
}

/** "sex = Female and 24 <= age < 31", "occupation is missing", "age is present". */
export function titleOf(conditions: readonly SegmentCondition[]): string {
  return conditions.map(conditionTitle).join(' and ');
}

function conditionTitle(condition: SegmentCondition): string {
  const { feature } = condition;
  if (condition.kind === 'missing') return `${feature} is missing`;
  if (condition.kind === 'equals') return `${feature} = ${condition.value}`;
  const { from, to } = condition;
  if (from !== undefined && to !== undefined) return `${from} <= ${feature} < ${to}`;
  if (from !== undefined) return `${feature} >= ${from}`;
  return to !== undefined ? `${feature} < ${to}` : `${feature} is present`;
}
