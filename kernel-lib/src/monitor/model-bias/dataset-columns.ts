import { classInText } from '../../capture/attribute.js';
import { ReadTally } from '../../capture/read-tally.js';
import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import type { Dataset } from '../../dataset/dataset.js';
import { MonitorError } from '../../errors.js';
import { runOptions } from '../../progress.js';
import type { QualityAttributes } from '../model-quality/problem.js';
import type { QualityRow } from '../model-quality/sample.js';
import type { BiasDatasetOptions, BiasReading } from './bias-reading.js';
import type { BiasSampleBuilder } from './bias-sample.js';
import { resolveNames } from './resolve-names.js';
import type { BiasSettings } from './settings.js';

interface Places {
  readonly label: number;
  readonly prediction: number | undefined;
  readonly probability: number | undefined;
  readonly features: readonly number[];
}

/** Reads a dataset whose label and prediction are columns, row by row. */
export async function readColumns(
  dataset: Dataset,
  settings: BiasSettings,
  builder: BiasSampleBuilder,
  options: BiasDatasetOptions,
): Promise<BiasReading> {
  const names = dataset.columns.map(({ name }) => name);
  const resolved = resolveNames(settings, names);
  const places = placesOf(names, resolved, dataset.uri, options);
  builder.features.setNames(places.features.map((index) => names[index]!));
  const tally = new ReadTally();
  tally.files = dataset.files.length;
  tally.bytes = dataset.sizeBytes;
  const file = dataset.files.length === 1 ? dataset.files[0]! : dataset.uri;
  let [before, unlabelled] = [0, 0];
  for await (const { rowCount, columns } of dataset.batches(runOptions(options))) {
    const cell = (place: number | undefined, row: number): string | null | undefined =>
      place === undefined ? undefined : cellText(columns[place]!, row);
    for (let row = 0; row < rowCount; row++) {
      const label = cell(places.label, row) ?? null;
      const reason = builder.add({
        hour: -1,
        label,
        ...answerOf(cell(places.prediction, row), cell(places.probability, row), settings.labelHeaders),
        features: places.features.map((place) => cellText(columns[place]!, row)),
      });
      if (reason !== undefined) tally.quarantine({ file, line: before + row + 1, reason, excerpt: '' });
      else {
        tally.rows++;
        if (label === null) unlabelled++;
      }
    }
    before += rowCount;
  }
  tally.records = tally.rows;
  for (const line of dataset.rejected()) tally.quarantine(line);
  const named = (place: number | undefined): string => `column ${names[place!]}`;
  return {
    read: tally.toSummary(),
    addressing: {
      label: named(places.label),
      ...(places.prediction !== undefined && { prediction: named(places.prediction) }),
      ...(places.probability !== undefined && {
        prediction: `${names[places.probability]} above the threshold`,
        probability: named(places.probability),
      }),
    },
    labelName: names[places.label]!,
    columns: names.length,
    settings: resolved,
    unlabelled,
  };
}

/** A cell as it would be written in CSV, where whole numbers of a column of fractions can be told: `3.0`. */
function cellText(column: CellColumn, row: number): string | null {
  const text = textOf(column, row);
  return column.kind === 'number' && !column.integral && text !== null && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** A list of probabilities is a prediction: the likeliest of the classes. */
function answerOf(
  prediction: string | null | undefined,
  probability: string | null | undefined,
  classes: readonly string[] | undefined,
): Pick<QualityRow, 'prediction' | 'probability'> {
  const told = probability === undefined ? undefined : classInText(probability, classes);
  return told === probability ? { prediction, probability } : { prediction: told, probability: undefined };
}

function placesOf(
  names: readonly string[],
  settings: BiasSettings,
  uri: string,
  { withoutAnswers, fallback = {} }: BiasDatasetOptions,
): Places {
  const { attributes, excluded, facets, groupVariable } = settings;
  const indexOf = (attribute: string): number => {
    const named = names.indexOf(attribute);
    return named < 0 && /^\d+$/.test(attribute) && Number(attribute) < names.length ? Number(attribute) : named;
  };
  const place = (attribute: string | undefined, what: string): number | undefined => {
    if (attribute === undefined) return undefined;
    const index = indexOf(attribute);
    if (index >= 0) return index;
    throw new MonitorError('COLUMN_NOT_FOUND', `There is no column "${attribute}" for the ${what}.`, {
      where: uri,
      fix: `use one of: ${names.join(', ')}`,
    });
  };
  const label = place(attributes.groundTruthAttribute, 'label')!;
  const { inferenceAttribute, probabilityAttribute } = withoutAnswers ? {} : saidOr(fallback, attributes, names);
  const prediction = place(inferenceAttribute, 'prediction');
  const probability = prediction === undefined ? place(probabilityAttribute, 'probability') : undefined;
  if (label === prediction || label === probability) {
    throw new MonitorError('USAGE', 'Label and prediction must be different columns.', {
      where: uri,
      fix: 'check label and predictor.label in --config, or --ground-truth-attribute and --inference-attribute',
    });
  }
  // Beside a predicted label the probability is not needed; it is no feature either, nor are answers before a new model's.
  const named = [attributes, fallback].flatMap((said) => [said.inferenceAttribute, said.probabilityAttribute]);
  const beside = probabilityAttribute === undefined ? -1 : indexOf(probabilityAttribute);
  const taken = new Set([label, prediction, probability, beside, ...named.map((name) => names.indexOf(name ?? ''))]);
  // What the model does not see can be a facet all the same.
  const compared = [...facets.map(({ name }) => name), groupVariable];
  const isKept = (name: string): boolean => !excluded.includes(name) || compared.includes(name);
  const features = [...names.keys()].filter((index) => !taken.has(index) && isKept(names[index]!));
  return { label, prediction, probability, features };
}

/** What the caller says, else what the baseline says, as far as there are such columns. */
function saidOr(
  fallback: QualityAttributes,
  attributes: QualityAttributes,
  names: readonly string[],
): Pick<QualityAttributes, 'inferenceAttribute' | 'probabilityAttribute'> {
  const { inferenceAttribute, probabilityAttribute } = attributes;
  if ((inferenceAttribute ?? probabilityAttribute) !== undefined) return attributes;
  const known = (name: string | undefined): boolean => name !== undefined && names.includes(name);
  return {
    ...(known(fallback.inferenceAttribute) && { inferenceAttribute: fallback.inferenceAttribute! }),
    ...(known(fallback.probabilityAttribute) && { probabilityAttribute: fallback.probabilityAttribute! }),
  };
}
