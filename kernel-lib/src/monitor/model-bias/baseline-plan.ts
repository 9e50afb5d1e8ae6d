import { MonitorError } from '../../errors.js';
import type { FacetCounts } from '../../metrics/bias/counts.js';
import type { BiasNumber } from '../../metrics/bias/metric.js';
import { canonicalLabel, numberOf } from '../label.js';
import type { BaselineGroup } from './bias-file.js';
import type { BiasSample } from './bias-sample.js';
import { categoriesOf, type Grouping, groupTitle, othersTitle } from './grouping.js';
import { checkLimits } from './limits.js';
import type { BiasBaseline } from './load-bias-baseline.js';
import { type BiasPlan, columnOf, type PlannedGroup } from './plan.js';
import type { BiasSettings, FacetSetting } from './settings.js';

/** What a baseline says about a group. */
export interface GroupBaseline {
  /** By metric, as in `analysis.json`. */
  readonly numbers: Readonly<Record<string, BiasNumber>>;
  /** Undefined for baselines that Driftline did not make. */
  readonly state: BaselineGroup | undefined;
}

/** The groups that a check compares, and what the baseline says about each. */
export interface CheckPlan extends BiasPlan {
  readonly baselines: readonly (GroupBaseline | undefined)[];
}

/**
 * The groups of the baseline, as far as their facets are asked for, and besides, of a facet whose every value is a group,
 * the values that the baseline did not have.
 *
 * @throws MonitorError `USAGE` for a facet, or a group of one, that the baseline lacks: there is nothing to compare it with;
 * `CONFIGURATION` for a limit that is about no group.
 */
export function checkPlan(
  baseline: BiasBaseline,
  sample: BiasSample,
  settings: BiasSettings,
  where: string,
): CheckPlan {
  const { bias } = baseline;
  const groupVariable = settings.groupVariable;
  const told = baseline.groups.map((group) => {
    const state = bias?.groups.find(({ facet, value }) => facet === group.facet && value === group.value);
    return { ...group, state, grouping: state?.grouping ?? groupingOfText(group.value) };
  });
  if (sample.rows > 0) checkFacets(settings.facets, told, where);
  // Without rows an index in place of a name cannot be told.
  const asked = told.filter(({ facet }) => settings.facets.some(({ name }) => name === facet));
  const compared = asked.length > 0 ? asked : told;
  const known = compared.map(({ facet, value, numbers, state, grouping }) => {
    const words = sample.rows === 0 ? undefined : wordsOf(sample, facet, grouping, where);
    const group: PlannedGroup = {
      facet,
      // The interval's end is the data's greatest number, a window's its own.
      ...((grouping.kind === 'values' || sample.rows === 0) && { value }),
      known: value,
      grouping,
      title: state?.title ?? (grouping.kind === 'values' ? `${facet} = ${value}` : groupTitle(facet, grouping)),
      others: state?.others ?? words ?? 'all others',
    };
    return { group, baseline: { numbers, state } };
  });
  const fresh =
    sample.rows === 0
      ? []
      : newValues(
          known.map(({ group }) => group),
          sample,
          settings,
          where,
        );
  checkLimits(settings.limits, [...told, ...fresh], where);
  return {
    label: bias?.label.grouping ?? groupingOfText(baseline.label?.positive ?? ''),
    ...(bias?.label.classes && { classes: bias.label.classes }),
    groups: [...known.map(({ group }) => group), ...fresh],
    baselines: [...known.map((entry) => entry.baseline), ...fresh.map(() => undefined)],
    ...(groupVariable !== undefined && { groupVariable }),
  };
}

/** The counts of a group as the baseline keeps them. */
export function countsOf({ cells, predicted, groups, flips }: BaselineGroup): FacetCounts {
  return {
    cells: Float64Array.from(cells),
    predicted,
    ...(groups && { groups: groups.map((part) => Float64Array.from(part)) }),
    ...(flips && { flips }),
  };
}

/** `(40, 90]`, or several intervals, is a threshold; anything else one value, or several separated by commas. */
function groupingOfText(text: string): Grouping {
  const intervals = [...text.matchAll(/\(([^,\]]+), [^,\]]+\]/g)];
  const thresholds = intervals.map(([, lower]) => numberOf(lower!));
  const whole = intervals.map(([interval]) => interval).join(',') === text;
  if (intervals.length > 0 && whole && !thresholds.includes(undefined)) {
    return { kind: 'threshold', thresholds: thresholds as number[] };
  }
  return { kind: 'values', values: [...new Set([text, ...text.split(',')])] };
}

function checkFacets(
  asked: readonly FacetSetting[],
  told: readonly { readonly facet: string; readonly grouping: Grouping }[],
  where: string,
): void {
  for (const setting of asked) {
    const groups = told.filter(({ facet }) => facet === setting.name).map(({ grouping }) => grouping);
    if (groups.length > 0 && (isWhole(setting) || groups.some((grouping) => isAsked(setting, grouping)))) continue;
    const known =
      groups.length > 0 ? groups.map((grouping) => groupTitle(setting.name, grouping)) : told.map(({ facet }) => facet);
    const what = groups.length > 0 ? 'that group of the facet' : 'the facet';
    throw new MonitorError('USAGE', `The baseline lacks ${what} "${setting.name}".`, {
      where,
      fix: `make the baseline again with it, or use one of: ${[...new Set(known)].join('; ')}`,
    });
  }
}

/** Whether every value is asked for. */
function isWhole({ values, above }: FacetSetting): boolean {
  return values === undefined && above === undefined;
}

/** A value can be a threshold in the baseline, which decides how a column is cut. */
function isAsked({ values, above, upTo }: FacetSetting, grouping: Grouping): boolean {
  if (grouping.kind === 'values') {
    const own = new Set(grouping.values.map(canonicalLabel));
    return values?.some((value) => own.has(canonicalLabel(value))) === true;
  }
  const thresholds = values?.map(numberOf) ?? [above];
  return thresholds.every((threshold) => grouping.thresholds.includes(threshold!)) && upTo === grouping.upTo;
}

function wordsOf(sample: BiasSample, facet: string, grouping: Grouping, where: string): string {
  return othersTitle(columnOf(sample, facet, 'facet', where), grouping);
}

function newValues(
  known: readonly PlannedGroup[],
  sample: BiasSample,
  settings: BiasSettings,
  where: string,
): PlannedGroup[] {
  return settings.facets
    .filter(
      ({ name, values, above }) =>
        values === undefined && above === undefined && known.some(({ facet }) => facet === name),
    )
    .flatMap(({ name }) => {
      const column = columnOf(sample, name, 'facet', where);
      const seen = new Set(
        known.flatMap(({ facet, grouping }) =>
          facet === name && grouping.kind === 'values' ? grouping.values.map(canonicalLabel) : [],
        ),
      );
      return categoriesOf(column)
        .filter((value) => !seen.has(canonicalLabel(value)))
        .map((value): PlannedGroup => {
          const grouping: Grouping = { kind: 'values', values: [value] };
          return { facet: name, grouping, title: groupTitle(name, grouping), others: 'all others' };
        });
    });
}
