import type { BiasSettings } from './settings.js';

/** The settings with facets, group variable, excluded columns and limits by name where a zero-based index was given. */
export function resolveNames(settings: BiasSettings, names: readonly string[]): BiasSettings {
  const nameOf = (place: string): string =>
    names.includes(place) || !/^\d+$/.test(place) ? place : (names[Number(place)] ?? place);
  const { facets, groupVariable, excluded, limits } = settings;
  return {
    ...settings,
    facets: facets.map((facet) => ({ ...facet, name: nameOf(facet.name) })),
    ...(groupVariable !== undefined && { groupVariable: nameOf(groupVariable) }),
    excluded: excluded.map(nameOf),
    limits: limits.map((limit) => ({ ...limit, ...(limit.facet !== undefined && { facet: nameOf(limit.facet) }) })),
  };
}
