import { applyChoices, parseSchedule } from 'driftline/browser';
import { formatWindow } from '../../format/time-format.js';
import { element } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { cronOf, firstCheck } from './setup-schedule.js';
import { choicesOf, sourcesOf } from './setup-state.js';
import { projectFileWords, type SetupContext, type SetupStep } from './setup-step.js';

/** The file as it will be written. Leading on writes it. */
export async function reviewStep(context: SetupContext): Promise<SetupStep> {
  const { trans, state, running, closed } = context;
  const { project, inspection } = state;
  const applied = applyChoices(inspection!, state.choices);
  const params = { project: project || '.', sources: sourcesOf(state), choices: choicesOf(state, applied) };
  const title = trans.__('Preparing %1', projectFileWords(project));
  const draft = await running.request('create', { ...params, write: false }, { title, signal: closed });
  const at = firstCheck(cronOf(state.schedule), inspection!.capture.hour, new Date());
  const lead = draft.added
    ? trans.__('These lines are added to %1.', projectFileWords(project))
    : trans.__('%1 will be written like this.', projectFileWords(project));
  const window = at && parseSchedule(cronOf(state.schedule), 'schedule').window(at);
  const node = element(
    'div',
    { class: 'driftline-setup-review' },
    section(
      projectFileWords(project),
      element('p', {}, lead),
      element('pre', { class: 'driftline-setup-yaml', tabindex: '0', 'aria-label': 'driftline.yaml' }, draft.text),
    ),
    section(
      trans.__('Then'),
      element(
        'p',
        {},
        window
          ? trans.__('The baselines are made, and the first check looks at %1.', formatWindow(window))
          : trans.__('The baselines are made, and the first check is run.'),
      ),
    ),
  );
  return {
    node,
    nextWords: trans.__('Create and run the first check'),
    next: async (signal) => {
      const writing = trans.__('Writing %1', projectFileWords(project));
      const { monitors, endpoint } = await running.request('create', params, { title: writing, signal });
      context.created({ monitors, endpoint, ...(at && { at: at.toISOString() }) });
    },
  };
}
