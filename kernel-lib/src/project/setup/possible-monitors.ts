import type { MonitorChoice, SetupInspection } from './inspection.js';

type Found = Pick<
  SetupInspection,
  | 'sources'
  | 'capture'
  | 'groundTruth'
  | 'label'
  | 'prediction'
  | 'probability'
  | 'problemType'
  | 'facets'
  | 'modelFeatures'
> & { readonly dataset: { readonly columns: readonly { readonly name: string }[] } };

/** Which of the four monitors can be set up from what was found, and what the others lack. */
export function possibleMonitors(found: Found): readonly MonitorChoice[] {
  const compared = found.capture.columns.filter(({ column }) => column !== undefined);
  const labels = withoutLabels(found);
  const facets = found.facets.map(({ value }) => value);
  const names = new Set(found.dataset.columns.map(({ name }) => name));
  const unknown = found.modelFeatures?.filter((feature) => !names.has(feature)) ?? [];
  return [
    compared.length === 0
      ? no('data-quality', 'No captured column is one of the training file: choose the columns.')
      : yes('data-quality', `Completeness, types, values and distributions of ${compared.length} columns.`),
    labels ??
      (found.problemType === undefined
        ? no('model-quality', 'Choose what the model answers: classes or numbers.')
        : yes('model-quality', 'Predictions against the labels that arrive.')),
    labels
      ? { ...labels, type: 'model-bias' }
      : found.problemType?.value === 'Regression'
        ? no('model-bias', 'Bias is measured of classes; this model answers numbers.')
        : facets.length === 0
          ? no('model-bias', 'No column seems to tell people apart: choose whom to compare.')
          : yes('model-bias', `Groups of ${facets.join(', ')}.`),
    found.sources.model === undefined
      ? no('model-explainability', 'It needs the model: give its file or address.')
      : unknown.length > 0
        ? no('model-explainability', `The training file lacks inputs of the model: ${unknown.slice(0, 5).join(', ')}.`)
        : yes('model-explainability', 'What predictions rest on, against the training file.'),
  ];
}

function withoutLabels({ capture, groundTruth, label, prediction, probability }: Found): MonitorChoice | undefined {
  const arrives = groundTruth !== undefined || capture.columns.some(({ part }) => part === 'ground-truth');
  if (!arrives) return no('model-quality', 'It needs the ground truth: give where labels arrive.');
  if (label === undefined) {
    return no('model-quality', 'The training file has no label: give validation data with label and prediction.');
  }
  if (prediction === undefined && probability === undefined) {
    return no('model-quality', 'The training file has no prediction: give validation data that the model has scored.');
  }
  return undefined;
}

function yes(type: MonitorChoice['type'], reason: string): MonitorChoice {
  return { type, possible: true, reason };
}

function no(type: MonitorChoice['type'], reason: string): MonitorChoice {
  return { type, possible: false, reason };
}
