import { element } from '../../widgets/element.js';
import { pathField } from './path-field.js';
import { sourcesOf, type TypedSources, takeInspection } from './setup-state.js';
import type { SetupContext, SetupStep } from './setup-step.js';

/** Where training file, capture, ground truth and model lie. Leading on looks at samples of them. */
export function sourcesStep(context: SetupContext): SetupStep {
  const { trans, state, running } = context;
  const source = (name: keyof TypedSources, label: string, hint: string, required = false): HTMLElement =>
    pathField(
      {
        label,
        hint,
        required,
        value: state.sources[name],
        onChange: (value) => {
          state.sources[name] = value;
        },
      },
      context,
    );
  const extending = state.choices.extend === true;
  const project = pathField(
    {
      label: trans.__('Project folder'),
      hint: trans.__(
        'driftline.yaml is written here, or an endpoint added to it. Empty: the folder that Jupyter shows.',
      ),
      value: state.project,
      onChange: (value) => {
        state.project = value.trim().replace(/\/+$/, '');
      },
    },
    context,
  );
  const node = element(
    'div',
    { class: 'driftline-setup-fields' },
    element(
      'p',
      { class: 'driftline-setup-lead' },
      trans.__(
        'Paths are those of the file browser; s3:// addresses and absolute paths work as well. Only samples are read.',
      ),
    ),
    source(
      'dataset',
      trans.__('Training file'),
      trans.__('What the model was trained on, or validation data that it has scored: CSV, JSON Lines or Parquet.'),
      true,
    ),
    source(
      'capture',
      trans.__('Capture'),
      trans.__('The folder with captured requests and responses, with or without endpoint and variant.'),
      true,
    ),
    source(
      'groundTruth',
      trans.__('Ground truth (optional)'),
      trans.__('Where labels arrive. Model quality and bias need it.'),
    ),
    source('model', trans.__('Model (optional)'), trans.__('A file, https:// or sagemaker://. Attribution needs it.')),
    !extending && project,
  );
  return {
    node,
    nextWords: trans.__('Look at the data'),
    next: async (signal) => {
      const sources = sourcesOf(state);
      if (sources.dataset === '') throw new Error(trans.__('Name the training file.'));
      if (sources.capture === '') throw new Error(trans.__('Name the folder of the capture.'));
      const title = trans.__('Looking at training file and capture');
      takeInspection(state, await running.request('inspect', sources, { title, signal }));
    },
  };
}
