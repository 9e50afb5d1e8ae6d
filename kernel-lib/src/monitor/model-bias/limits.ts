import { MonitorError } from '../../errors.js';
import { canonicalLabel } from '../label.js';
import type { BiasLimit } from './bias-options.js';
import type { Grouping } from './grouping.js';

/** A group as limits name it. */
export interface LimitedGroup {
  readonly facet: string;
  readonly grouping: Grouping;
  /** As in `analysis.json`, where that is settled. */
  readonly value?: string;
}

/** The narrowest limit that is about a metric: of the group, of its facet, of all. */
export function limitOf(
  metric: string,
  group: LimitedGroup,
  limits: readonly BiasLimit[],
): Pick<BiasLimit, 'lower' | 'upper'> | undefined {
  const narrowness = (limit: BiasLimit): number =>
    (limit.facet === undefined ? 0 : 1) + (limit.value === undefined ? 0 : 2);
  const about = limits.filter((limit) => limit.metric === metric && isAbout(limit, group));
  const [limit] = about.sort((a, b) => narrowness(b) - narrowness(a));
  if (limit === undefined) return undefined;
  const { lower, upper } = limit;
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}

/**
 * Checks that each limit is about a group: one that is about nobody would never be broken.
 *
 * @throws MonitorError `CONFIGURATION`.
 */
export function checkLimits(limits: readonly BiasLimit[], groups: readonly LimitedGroup[], where: string): void {
  const stray = limits.find((limit) => !groups.some((group) => isAbout(limit, group)));
  if (stray === undefined) return;
  const { metric, facet, value } = stray;
  const ofFacet = groups.filter((group) => group.facet === facet);
  const whom = value === undefined ? `"${facet}"` : facet === undefined ? `"${value}"` : `"${facet}=${value}"`;
  const known = ofFacet.length > 0 && value !== undefined ? ofFacet.map(valueText) : groups.map((group) => group.facet);
  throw new MonitorError('CONFIGURATION', `A limit of ${metric} is for ${whom}, which is compared with nobody.`, {
    where,
    fix: `use one of: ${[...new Set(known)].join('; ')}`,
  });
}

function isAbout(limit: BiasLimit, group: LimitedGroup): boolean {
  if (limit.facet !== undefined && limit.facet !== group.facet) return false;
  if (limit.value === undefined || limit.value === group.value) return true;
  const { grouping } = group;
  if (grouping.kind === 'values') return canonicalLabel(limit.value) === canonicalLabel(grouping.values.join());
  // The interval ends with the greatest number of each sample: where it begins tells it.
  const [, lower, upper] = /^\((.+), (.+)\]$/.exec(limit.value) ?? [];
  if (Number(lower) !== Math.min(...grouping.thresholds)) return false;
  return grouping.upTo === undefined || Number(upper) === grouping.upTo;
}

function valueText({ value, grouping }: LimitedGroup): string {
  if (value !== undefined) return value;
  if (grouping.kind === 'values') return grouping.values.join();
  return `(${Math.min(...grouping.thresholds)}, ${grouping.upTo ?? '...'}]`;
}
