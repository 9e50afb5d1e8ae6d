import type { TranslationBundle } from '@jupyterlab/translation';
import type { LimitConfig, ModelBiasReport } from 'driftline';
import { formatNumber } from '../../format/number-format.js';
import { element } from '../../widgets/element.js';
import { numberField } from '../../widgets/number-field.js';
import type { Edit, LimitField, LimitKind } from './limit-kind.js';
import type { ProjectLimits } from './project-limits.js';

type Library = typeof import('driftline/browser');
type Limits = ProjectLimits<readonly LimitConfig[]>;

/** A metric of one group, or of all groups. */
interface BiasSubject {
  /** "sex = Female: DPPL"; of all groups "DPPL". */
  readonly name: string;
  readonly metric: string;
  readonly fair: 0 | 1;
  readonly group?: { readonly facet: string; readonly value: string; readonly title: string };
  /** What is allowed where nothing is configured. */
  readonly suggested?: { readonly lower?: number; readonly upper?: number };
}

/** The ranges of bias metrics in `driftline.yaml` as a form: one for each group and metric, and one for all groups alike. */
export function biasLimits(
  library: Library,
  trans: TranslationBundle,
  { monitor, report }: { readonly monitor: string; readonly report: ModelBiasReport },
): LimitKind<Limits> {
  const subjects = subjectsOf(report);
  const byName = new Map(subjects.map((subject) => [subject.name, subject]));
  const set = (value: Limits, { metric, group }: BiasSubject, range: Range): Limits => {
    const others = value.limits.filter((limit) => !isOwn(limit, metric, group));
    const isNone = range.lower === undefined && range.upper === undefined;
    const own = { metric, ...(group && { facet: group.facet, value: group.value }), ...range };
    const limits = isNone ? others : [...others, own];
    const text = library.setMonitorKey(value.text, monitor, ['limits'], limits.length === 0 ? undefined : limits);
    return { text, limits };
  };
  const ownOf = ({ limits }: Limits, { metric, group }: BiasSubject): LimitConfig | undefined =>
    limits.find((limit) => isOwn(limit, metric, group));
  const inForce = (value: Limits, subject: BiasSubject): Range | undefined =>
    ownOf(value, subject) ?? widerOf(value.limits, subject);

  const hintWords = (value: Limits, subject: BiasSubject): string => {
    if (ownOf(value, subject) !== undefined) return trans.__('Set here, for %1.', scopeWords(subject, trans));
    const wider = widerOf(value.limits, subject);
    if (wider !== undefined) {
      const of = wider.facet ?? trans.__('all groups');
      return trans.__('Nothing is set here: %1 applies, which is set for %2.', rangeWords(wider, trans), of);
    }
    return subject.suggested === undefined
      ? trans.__('Nothing is set: allowed is what is no further from %1 than the baseline.', subject.fair)
      : trans.__(
          'Nothing is set: allowed is what is no further from %1 than the baseline, %2.',
          subject.fair,
          rangeWords(subject.suggested, trans),
        );
  };

  const fields = (name: string, edit: Edit<Limits>): readonly LimitField[] => {
    const subject = byName.get(name)!;
    const hint = element('p', { class: 'driftline-muted driftline-hint driftline-limit-source' });
    const bound = (side: 'lower' | 'upper', label: string): LimitField => {
      const now = (): number | undefined => ownOf(edit.value(), subject)?.[side];
      const field = numberField({
        label,
        value: now(),
        step: 0.001,
        empty: trans.__('no limit'),
        onChange: (bounded) => {
          const { lower, upper } = ownOf(edit.value(), subject) ?? {};
          const range = rangeOf({ lower, upper, [side]: bounded });
          // Until the other bound is changed too, there is no such range.
          if ((range.lower ?? -Infinity) > (range.upper ?? Infinity)) return;
          edit.change((value) => set(value, subject, range), `${name}/${side}`);
        },
      });
      return { node: field.node, refresh: () => field.show(now()) };
    };
    return [
      bound('lower', trans.__('At least')),
      bound('upper', trans.__('At most')),
      { node: hint, refresh: () => hint.replaceChildren(hintWords(edit.value(), subject)) },
    ];
  };

  return {
    parse: (text) => ({
      text,
      limits: library.parseProjectFile(text, 'driftline.yaml').monitors[monitor]?.limits ?? [],
    }),
    stringify: ({ text }) => text,
    limits: ({ limits }) => ({ bias: limits }),
    subjects: (value) =>
      subjects.map((subject) => {
        const range = inForce(value, subject);
        return { name: subject.name, about: range ? rangeWords(range, trans) : trans.__('as the baseline') };
      }),
    general: () => [],
    fields,
    suggested: (name, value) => {
      const subject = byName.get(name)!;
      return ownOf(value, subject) === undefined ? value : set(value, subject, {});
    },
    suggestedWords: trans.__('Back to the range of the baseline'),
    filterWords: trans.__('Filter groups and metrics'),
    countWords: (left, all) => trans.__('%1 of %2 limits', left, all),
    measured: (name, value, { modelBias }) => {
      const subject = byName.get(name)!;
      const { metric, group } = subject;
      const found = (modelBias?.facets ?? [])
        .filter(({ facet, value: of }) => group === undefined || (group.facet === facet && group.value === of))
        .flatMap(({ metrics }) => metrics.filter((each) => each.name === metric && each.current?.value !== undefined));
      const distance = (of: (typeof found)[number]): number => Math.abs((of.current?.value ?? of.fair) - of.fair);
      const worst = found.toSorted((a, b) => distance(b) - distance(a))[0];
      if (worst?.current?.value === undefined) return undefined;
      const { current, baseline } = worst;
      const range = inForce(value, subject) ?? subject.suggested;
      return {
        value: current.value!,
        ...(current.lower !== undefined && { lower: current.lower }),
        ...(current.upper !== undefined && { upper: current.upper }),
        ...(baseline?.value !== undefined && { baseline: baseline.value }),
        ...(range?.lower !== undefined && { minimum: range.lower }),
        ...(range?.upper !== undefined && { maximum: range.upper }),
      };
    },
    measureTitle: (name) => (byName.get(name)?.group ? name : trans.__('%1 of the worst group', name)),
    isAbout: (name, id) => {
      const { metric, group } = byName.get(name)!;
      return group === undefined
        ? id.endsWith(`/${metric}/bias_drift_check`)
        : id.startsWith(`${group.title}/${metric}/`);
    },
    blindSpots: trans.__(
      'Every metric of every group is judged anew, with the intervals of then. The baseline stays as it is: it is analysis.json, which the service writes and which is not edited.',
    ),
  };
}

type Range = Pick<LimitConfig, 'lower' | 'upper'>;

/** Of each group those that the baseline has, then each metric for all groups alike. */
function subjectsOf({ facets }: ModelBiasReport): readonly BiasSubject[] {
  const ofGroups = facets.flatMap(({ facet, value, title, metrics }) =>
    metrics
      .filter(({ baseline }) => baseline?.value !== undefined)
      .map(({ name, fair, baseline }): BiasSubject => {
        const distance = Math.abs((baseline?.value ?? fair) - fair);
        const suggested = { lower: fair - distance, upper: fair + distance };
        return { name: `${title}: ${name}`, metric: name, fair, group: { facet, value, title }, suggested };
      }),
  );
  const ofAll = new Map(ofGroups.map(({ metric, fair }) => [metric, { name: metric, metric, fair }]));
  return [...ofGroups, ...ofAll.values()];
}

function isOwn(limit: LimitConfig, metric: string, group: BiasSubject['group']): boolean {
  return limit.metric === metric && limit.facet === group?.facet && limit.value === group?.value;
}

/** The limit of a wider scope that holds for a group: its facet's, else all groups'. */
function widerOf(limits: readonly LimitConfig[], { metric, group }: BiasSubject): LimitConfig | undefined {
  if (group === undefined) return undefined;
  const about = limits.filter((limit) => limit.metric === metric);
  const ofValue = about.find(({ facet, value }) => facet === undefined && value === group.value);
  const ofFacet = about.find(({ facet, value }) => facet === group.facet && value === undefined);
  return ofValue ?? ofFacet ?? about.find(({ facet, value }) => facet === undefined && value === undefined);
}

function scopeWords({ group }: BiasSubject, trans: TranslationBundle): string {
  return group?.title ?? trans.__('all groups that have no limit of their own');
}

function rangeWords({ lower, upper }: Range, trans: TranslationBundle): string {
  if (lower === undefined) return trans.__('at most %1', formatNumber(upper ?? 0));
  if (upper === undefined) return trans.__('at least %1', formatNumber(lower));
  return trans.__('%1 to %2', formatNumber(lower), formatNumber(upper));
}

function rangeOf({ lower, upper }: { lower?: number | undefined; upper?: number | undefined }): Range {
  return { ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) };
}
