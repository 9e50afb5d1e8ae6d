import type { TranslationBundle } from '@jupyterlab/translation';
import type { Constraints, FeatureConstraint, ThresholdName } from 'driftline/browser';
import { formatFraction, formatNumber } from '../../format/number-format.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import { checkField, numberField } from '../../widgets/number-field.js';
import type { Edit, LimitField, LimitKind } from './limit-kind.js';

type Library = typeof import('driftline/browser');

/** `constraints.json` of data quality as a form. */
export function dataQualityLimits(library: Library, trans: TranslationBundle, where: string): LimitKind<Constraints> {
  const configOf = (value: Constraints, feature: string) => library.effectiveConfig(value, feature);
  const featureOf = (value: Constraints, name: string): FeatureConstraint | undefined =>
    value.features.find((feature) => feature.name === name);
  const isText = (value: Constraints, feature: string): boolean =>
    featureOf(value, feature)?.inferred_type === 'String';
  const limitOf = (value: Constraints, feature: string): number =>
    isText(value, feature)
      ? configOf(value, feature).categoricalThreshold
      : configOf(value, feature).comparisonThreshold;

  const general = (edit: Edit<Constraints>): readonly LimitField[] => {
    const field = (label: string, threshold: ThresholdName, of: (config: ReturnType<typeof configOf>) => number) => {
      // Of a feature that is not there only the general configuration holds.
      const now = (): number => of(configOf({ ...edit.value(), features: [] }, ''));
      const made = numberField({
        label,
        value: now(),
        min: 0,
        max: 1,
        step: 0.005,
        slider: true,
        onChange: (value) => {
          if (value === undefined) return;
          edit.change((constraints) => library.setGeneralThreshold(constraints, threshold, value), threshold);
        },
      });
      return { node: made.node, refresh: () => made.show(now()) };
    };
    return [
      field(trans.__('Distance of numbers, at most'), 'comparison_threshold', (config) => config.comparisonThreshold),
      field(
        trans.__('Distance of categories, at most'),
        'categorical_comparison_threshold',
        (config) => config.categoricalThreshold,
      ),
      field(
        trans.__('Values of the expected type, at least'),
        'datatype_check_threshold',
        (config) => config.datatypeThreshold,
      ),
      field(
        trans.__('Values inside the domain, at least'),
        'domain_content_threshold',
        (config) => config.domainContentThreshold,
      ),
    ];
  };

  const fields = (feature: string, edit: Edit<Constraints>): readonly LimitField[] => {
    const read = <Result>(of: (constraint: FeatureConstraint | undefined) => Result): Result =>
      of(featureOf(edit.value(), feature));
    return [
      evaluated(feature, edit),
      ...distanceFields(feature, edit),
      completenessField(feature, edit),
      ...(read((constraint) => constraint?.num_constraints) === undefined ? [] : [signField(feature, edit)]),
      ...(read((constraint) => constraint?.inferred_type) === 'String' ? [domainField(feature, edit)] : []),
    ];
  };

  const evaluated = (feature: string, edit: Edit<Constraints>): LimitField => {
    const now = (): boolean => configOf(edit.value(), feature).evaluate;
    const field = checkField(trans.__('Check this feature'), now(), (on) =>
      edit.change((constraints) => library.setFeatureMonitoring(constraints, feature, on)),
    );
    return { node: field.node, refresh: () => field.show(now()) };
  };

  const distanceFields = (feature: string, edit: Edit<Constraints>): readonly LimitField[] => {
    const threshold: ThresholdName = isText(edit.value(), feature)
      ? 'categorical_comparison_threshold'
      : 'comparison_threshold';
    const isOn = (): boolean => configOf(edit.value(), feature).compare;
    const compare = checkField(trans.__('Compare its distribution with the baseline'), isOn(), (on) =>
      edit.change((constraints) => library.setFeatureComparison(constraints, feature, on)),
    );
    const generalLimit = (): number => limitOf({ ...edit.value(), features: [] }, feature);
    const words = element('span', {});
    const back = button(
      { class: 'driftline-action' },
      () => edit.change((constraints) => library.clearFeatureThreshold(constraints, feature, threshold)),
      trans.__('Use the general limit'),
    );
    const say = (): void => {
      const own = limitOf(edit.value(), feature) !== generalLimit();
      words.textContent = own
        ? trans.__('Its own limit; the general one is %1. ', formatNumber(generalLimit()))
        : trans.__('The general limit.');
      back.hidden = !own;
    };
    const limit = numberField({
      label: trans.__('Distance from the baseline, at most'),
      value: limitOf(edit.value(), feature),
      min: 0,
      max: 1,
      step: 0.005,
      slider: true,
      hint: element('span', {}, words, back),
      onChange: (value) => {
        if (value === undefined) return;
        const set = (constraints: Constraints): Constraints =>
          library.setFeatureThreshold(constraints, feature, value, { threshold });
        edit.change(set, `${feature}/distance`);
      },
    });
    say();
    return [
      { node: compare.node, refresh: () => compare.show(isOn()) },
      {
        node: limit.node,
        refresh: () => {
          limit.show(limitOf(edit.value(), feature));
          say();
        },
      },
    ];
  };

  const completenessField = (feature: string, edit: Edit<Constraints>): LimitField => {
    const now = (): number | undefined => featureOf(edit.value(), feature)?.completeness;
    const field = numberField({
      label: trans.__('Rows with a value, at least'),
      value: now(),
      min: 0,
      max: 1,
      step: 0.001,
      slider: true,
      empty: trans.__('no limit'),
      hint: trans.__('A share of the rows, from 0 to 1; empty: no limit.'),
      onChange: (value) => {
        edit.change((constraints) => library.setCompleteness(constraints, feature, value), `${feature}/completeness`);
      },
    });
    return { node: field.node, refresh: () => field.show(now()) };
  };

  const signField = (feature: string, edit: Edit<Constraints>): LimitField => {
    const now = (): boolean => featureOf(edit.value(), feature)?.num_constraints?.is_non_negative === true;
    const field = checkField(trans.__('Numbers must not be below 0'), now(), (on) =>
      edit.change((constraints) => library.setNonNegative(constraints, feature, on)),
    );
    return { node: field.node, refresh: () => field.show(now()) };
  };

  const domainField = (feature: string, edit: Edit<Constraints>): LimitField => {
    const id = uniqueId('domain');
    const now = (): string => (featureOf(edit.value(), feature)?.string_constraints?.domains ?? []).join('\n');
    const area = element('textarea', { id, rows: '6', spellcheck: 'false' });
    area.value = now();
    area.addEventListener('change', () => {
      const domains = area.value.split('\n').filter((line) => line !== '');
      const set = (constraints: Constraints): Constraints =>
        library.setDomain(constraints, feature, domains.length === 0 ? undefined : domains);
      edit.change(set);
    });
    return {
      node: element(
        'div',
        { class: 'driftline-field' },
        element('label', { for: id }, trans.__('Values that it may have')),
        area,
        element('p', { class: 'driftline-muted driftline-hint' }, trans.__('One a line; none: any value.')),
      ),
      refresh: () => {
        if (document.activeElement !== area) area.value = now();
      },
    };
  };

  return {
    parse: (text) => library.parseConstraints(text, where),
    stringify: library.stringifyConstraints,
    limits: (constraints) => ({ constraints }),
    subjects: ({ features }) =>
      features.map((feature) => ({
        name: feature.name,
        about: `${feature.inferred_type ?? trans.__('no type')}${feature.completeness === undefined ? '' : `, ≥ ${formatFraction(feature.completeness)}`}`,
      })),
    general,
    fields,
    suggested: (name, value, suggested) => {
      const before = suggested && featureOf(suggested, name);
      if (before === undefined) return undefined;
      return { ...value, features: value.features.map((feature) => (feature.name === name ? before : feature)) };
    },
    suggestedWords: trans.__('Back to what the baseline suggests'),
    filterWords: trans.__('Filter features'),
    countWords: (left, all) => trans.__('%1 of %2 features', left, all),
    measured: (name, value, report) => {
      const feature = report.features.find((each) => each.name === name);
      const { drift } = feature ?? {};
      if (feature === undefined || drift === undefined) return undefined;
      const judged = feature.distances.find(({ threshold }) => threshold !== undefined)?.value ?? drift.distance;
      return {
        value: report.rule === 'significant' ? drift.distance : judged,
        lower: drift.lowerBound,
        maximum: limitOf(value, name),
        adjustedPValue: drift.adjustedPValue,
      };
    },
    measureTitle: (feature) => trans.__('distance of %1', feature),
    isAbout: (feature, id) => id.startsWith(`${feature}/`),
    blindSpots: trans.__(
      'Distances and completeness are judged anew. Types, domains and columns stay as they were found, unless a feature is no longer checked; what was not compared then cannot be judged now.',
    ),
  };
}
