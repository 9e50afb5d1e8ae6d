import type { TranslationBundle } from '@jupyterlab/translation';
import type { MetricConstraint, QualityConstraints } from 'driftline/browser';
import { formatNumber } from '../../format/number-format.js';
import { element } from '../../widgets/element.js';
import { checkField, numberField } from '../../widgets/number-field.js';
import type { Edit, LimitField, LimitKind } from './limit-kind.js';

type Library = typeof import('driftline/browser');

const sections = [
  'binary_classification_constraints',
  'multiclass_classification_constraints',
  'regression_constraints',
] as const satisfies readonly (keyof QualityConstraints)[];

/** `constraints.json` of model quality as a form: a threshold and a direction for each metric. */
export function modelQualityLimits(
  library: Library,
  trans: TranslationBundle,
  where: string,
): LimitKind<QualityConstraints> {
  const sectionOf = (value: QualityConstraints): (typeof sections)[number] =>
    sections.find((section) => value[section] !== undefined) ?? sections[0];
  const metricsOf = (value: QualityConstraints): Readonly<Record<string, MetricConstraint>> =>
    value[sectionOf(value)] ?? {};
  const setMetric = (
    value: QualityConstraints,
    metric: string,
    constraint: MetricConstraint | undefined,
  ): QualityConstraints => {
    const { [metric]: _, ...others } = metricsOf(value);
    const kept = constraint === undefined ? others : { ...metricsOf(value), [metric]: constraint };
    return { ...value, [sectionOf(value)]: kept };
  };
  const directionWords = (constraint: MetricConstraint): string =>
    constraint.comparison_operator === 'LessThanThreshold'
      ? trans.__('at least %1', formatNumber(constraint.threshold))
      : trans.__('at most %1', formatNumber(constraint.threshold));

  const fields = (metric: string, edit: Edit<QualityConstraints>): readonly LimitField[] => {
    const first = metricsOf(edit.value())[metric];
    if (first === undefined) return [];
    const now = (): MetricConstraint | undefined => metricsOf(edit.value())[metric];
    const last = { constraint: first };
    const judged = checkField(trans.__('Judge this metric'), true, (on) => {
      last.constraint = now() ?? last.constraint;
      edit.change((value) => setMetric(value, metric, on ? last.constraint : undefined));
    });
    const isLess = first.comparison_operator === 'LessThanThreshold';
    const threshold = numberField({
      label: isLess ? trans.__('Violated below') : trans.__('Violated above'),
      value: first.threshold,
      ...(first.threshold >= 0 && first.threshold <= 1 ? { min: 0, max: 1, slider: true } : {}),
      step: 0.001,
      hint: element(
        'span',
        {},
        trans.__("Suggested is the baseline's own value, which about half of all windows of an unchanged model miss."),
      ),
      onChange: (value) => {
        const constraint = now();
        if (value === undefined || constraint === undefined) return;
        edit.change((all) => setMetric(all, metric, { ...constraint, threshold: value }), `${metric}/threshold`);
      },
    });
    return [
      { node: judged.node, refresh: () => judged.show(now() !== undefined) },
      { node: threshold.node, refresh: () => threshold.show((now() ?? last.constraint).threshold) },
    ];
  };

  return {
    parse: (text) => library.parseQualityConstraints(text, where),
    stringify: library.stringifyQualityConstraints,
    limits: (quality) => ({ quality }),
    subjects: (value) =>
      Object.entries(metricsOf(value)).map(([name, constraint]) => ({ name, about: directionWords(constraint) })),
    general: () => [],
    fields,
    suggested: (name, value, suggested) => {
      const before = suggested && metricsOf(suggested)[name];
      return before && setMetric(value, name, before);
    },
    suggestedWords: trans.__('Back to what the baseline suggests'),
    filterWords: trans.__('Filter metrics'),
    countWords: (left, all) => trans.__('%1 of %2 metrics', left, all),
    measured: (name, value, report) => {
      const metric = report.modelQuality?.metrics.find((each) => each.name === name);
      const current = metric?.current;
      if (current === undefined) return undefined;
      const constraint = metricsOf(value)[name];
      const isLess = constraint?.comparison_operator === 'LessThanThreshold';
      return {
        value: current.value,
        ...(current.lower !== undefined && { lower: current.lower }),
        ...(current.upper !== undefined && { upper: current.upper }),
        ...(metric?.baseline && { baseline: metric.baseline.value }),
        ...(constraint && (isLess ? { minimum: constraint.threshold } : { maximum: constraint.threshold })),
      };
    },
    measureTitle: (metric) => metric,
    isAbout: (metric, id) => id.startsWith(`${metric}/`),
    blindSpots: trans.__('Every metric is judged anew, with the intervals of then.'),
  };
}
