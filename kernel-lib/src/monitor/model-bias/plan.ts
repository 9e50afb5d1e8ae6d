import { MonitorError } from '../../errors.js';
import type { BiasColumn } from './bias-column.js';
import type { BiasSample } from './bias-sample.js';
import {
  categoriesOf,
  type Grouping,
  groupingsOf,
  groupTitle,
  membersOf,
  missingOf,
  othersTitle,
  rangeOf,
} from './grouping.js';
import { classesOf } from './known-classes.js';
import { checkLimits } from './limits.js';
import type { BiasSettings, FacetSetting } from './settings.js';

/** One group of one facet, and how to tell who is in it. */
export interface PlannedGroup {
  readonly facet: string;
  /** As in `analysis.json`, where that is settled: an interval ends with the data's greatest number. */
  readonly value?: string;
  /** The same where a window has no interval of its own: nobody in it is above the threshold. */
  readonly known?: string;
  readonly grouping: Grouping;
  /** "sex = Female". */
  readonly title: string;
  /** "sex = Male", "all others". */
  readonly others: string;
}

/** Who is compared with whom: decided where the baseline is made, so that every window is cut the same way. */
export interface BiasPlan {
  /** Which labels, and predictions, are positive. */
  readonly label: Grouping;
  /** All classes of the baseline's labels; undefined where they are not known, or the label is continuous. */
  readonly classes?: readonly string[];
  readonly groups: readonly PlannedGroup[];
  readonly groupVariable?: string;
}

/**
 * Decides the groups from a sample.
 *
 * @throws MonitorError `USAGE` where nothing is said to compare, where a positive label is never met, and where a facet
 * leaves nobody on one of the two sides; `COLUMN_NOT_FOUND`; `CONFIGURATION` for a limit that is about no group.
 */
export function planBias(sample: BiasSample, settings: BiasSettings, where: string): BiasPlan {
  const { groupVariable } = settings;
  const groups = settings.facets.flatMap((facet) => groupsOf(sample, facet, where));
  if (groups.length === 0) {
    throw new MonitorError('USAGE', 'Whom to compare is not said.', {
      where,
      fix: 'give --facet "sex=Female", or facet in --config',
    });
  }
  checkLimits(settings.limits, groups, where);
  if (groupVariable !== undefined) columnOf(sample, groupVariable, 'group variable', where);
  const label = labelGrouping(sample, settings, where);
  const classes = classesOf(sample, label);
  return {
    label,
    ...(classes && { classes }),
    groups,
    ...(groupVariable !== undefined && { groupVariable }),
  };
}

/** A column of the sample by name. */
export function columnOf(sample: BiasSample, name: string, what: string, where: string): BiasColumn {
  const column = sample.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  if (sample.names.includes(name)) {
    throw new MonitorError('USAGE', `The ${what} "${name}" has more than 10,000 different values.`, {
      where,
      fix: 'name a column with fewer values, or one that puts them into groups',
    });
  }
  throw new MonitorError('COLUMN_NOT_FOUND', `There is no column "${name}" for the ${what}.`, {
    where,
    fix: sample.names.every((candidate) => /^_c\d+$/.test(candidate))
      ? `none of the ${sample.names.length} columns has a name, and so many features are not in the baseline: give headers in --config, or columns in driftline.yaml`
      : `use one of: ${sample.names.join(', ')}`,
  });
}

function groupsOf(
  sample: BiasSample,
  { name, values, above, upTo, fraction }: FacetSetting,
  where: string,
): PlannedGroup[] {
  const column = columnOf(sample, name, 'facet', where);
  const groupings: readonly Grouping[] =
    above === undefined
      ? groupingsOf(column, values, 'facet', where, fraction)
      : [{ kind: 'threshold', thresholds: [above], ...(upTo !== undefined && { upTo }) }];
  const present = sample.rows - missingOf(column);
  return groupings.map((grouping) => {
    const inside = membersOf(column, grouping).reduce((sum, member) => sum + member, 0);
    if (inside === 0) throw emptyGroup(column, grouping, where);
    if (inside === present) {
      throw new MonitorError(
        'USAGE',
        `All ${present} rows have ${groupTitle(name, grouping)}: there is nobody to compare them with.`,
        { where, fix: `choose another group or facet; ${seen(column)}` },
      );
    }
    return { facet: name, grouping, title: groupTitle(name, grouping), others: othersTitle(column, grouping) };
  });
}

function emptyGroup(column: BiasColumn, grouping: Grouping, where: string): MonitorError {
  return new MonitorError('USAGE', `No row has ${groupTitle(column.name, grouping)}.`, {
    where,
    fix: `choose ${grouping.kind === 'values' ? 'a value' : 'a threshold'} that the data have; ${seen(column)}`,
  });
}

/** What a column holds, for people: its range, or its values. */
function seen(column: BiasColumn): string {
  const categories = categoriesOf(column);
  const range = rangeOf(column);
  if (range !== undefined && categories.length > 10) return `"${column.name}" goes from ${range[0]} to ${range[1]}`;
  const more = categories.length > 10 ? ', ...' : '';
  return `the values of "${column.name}" are: ${categories.slice(0, 10).join(', ')}${more}`;
}

function labelGrouping(
  { label, rows }: BiasSample,
  { labelValues: values, labelFraction }: BiasSettings,
  where: string,
): Grouping {
  if (values === undefined) {
    throw new MonitorError('USAGE', 'Which label is the positive one is not said.', {
      where,
      fix: `give --label-values, or label_values_or_threshold in --config; ${seen({ ...label, name: 'label' })}`,
    });
  }
  const [grouping] = groupingsOf(label, values, 'label', where, labelFraction);
  const positive = membersOf(label, grouping!).reduce((sum, member) => sum + member, 0);
  if (positive === 0 && rows > 0) {
    const met = values.length === 1 ? 'is' : 'are';
    throw new MonitorError('USAGE', `None of the ${rows} labels is positive: ${values.join(', ')} ${met} never met.`, {
      where,
      fix: `choose label values or a threshold that the data have; ${seen({ ...label, name: 'label' })}`,
    });
  }
  return grouping!;
}
