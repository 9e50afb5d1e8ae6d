import type { TranslationBundle } from '@jupyterlab/translation';
import { formatNumber } from '../../format/number-format.js';
import { numberField } from '../../widgets/number-field.js';
import type { Edit, LimitField, LimitKind } from './limit-kind.js';
import type { ProjectLimits } from './project-limits.js';

type Library = typeof import('driftline/browser');
type Limits = ProjectLimits<number | undefined>;

/** The service's least nDCG. */
const DEFAULT = 0.9;

/** The least nDCG of an attribution monitor, `attribution-threshold` in `driftline.yaml`, as a form. */
export function attributionLimits(library: Library, trans: TranslationBundle, monitor: string): LimitKind<Limits> {
  const name = 'nDCG';
  const set = ({ text }: Limits, limits: number | undefined): Limits => ({
    text: library.setMonitorKey(text, monitor, ['attribution-threshold'], limits),
    limits,
  });
  const fields = (_subject: string, edit: Edit<Limits>): readonly LimitField[] => {
    const field = numberField({
      label: trans.__('Likeness of the rankings (nDCG), at least'),
      value: edit.value().limits ?? DEFAULT,
      min: 0.001,
      max: 1,
      slider: true,
      step: 0.001,
      hint: trans.__('1 where features rank as in the baseline. %1 is the limit of the service.', DEFAULT),
      onChange: (limit) => edit.change((value) => set(value, limit), name),
    });
    return [{ node: field.node, refresh: () => field.show(edit.value().limits ?? DEFAULT) }];
  };
  return {
    parse: (text) => ({
      text,
      limits: library.parseProjectFile(text, 'driftline.yaml').monitors[monitor]?.['attribution-threshold'],
    }),
    stringify: ({ text }) => text,
    limits: ({ limits }) => ({ attributionThreshold: limits ?? DEFAULT }),
    subjects: ({ limits }) => [{ name, about: trans.__('at least %1', formatNumber(limits ?? DEFAULT)) }],
    general: () => [],
    fields,
    suggested: (_subject, value) => (value.limits === undefined ? value : set(value, undefined)),
    suggestedWords: trans.__('Back to the limit of the service'),
    filterWords: trans.__('Filter limits'),
    countWords: (left, all) => trans.__('%1 of %2 limits', left, all),
    measured: (_subject, { limits }, { modelExplainability }) => {
      const rankings = (modelExplainability?.outputs ?? []).map(({ ranking }) => ranking);
      const lowest = rankings.toSorted((a, b) => a.value - b.value)[0];
      if (lowest === undefined) return undefined;
      return {
        value: lowest.value,
        ...(lowest.lower !== undefined && { lower: lowest.lower }),
        ...(lowest.upper !== undefined && { upper: lowest.upper }),
        minimum: limits ?? DEFAULT,
      };
    },
    measureTitle: (subject) => subject,
    isAbout: () => true,
    blindSpots: trans.__('Every ranking is judged anew, with the intervals of then.'),
  };
}
