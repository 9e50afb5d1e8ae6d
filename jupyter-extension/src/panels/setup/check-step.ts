import { button, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import type { CreatedMonitors } from './created-monitors.js';
import { resultPart } from './result-step.js';
import { problemOf } from './setup-problem.js';
import { projectFileWords, type SetupContext } from './setup-step.js';

/** Makes the baselines, runs the first check, and says what it found; what fails or is cancelled can be run again. */
export function checkPart(created: CreatedMonitors, context: SetupContext): HTMLElement {
  const { trans, state, running, closed, projects } = context;
  const { monitors, at } = created;
  const node = element('div', { class: 'driftline-setup-check-part' });
  const run = async (): Promise<void> => {
    const waiting = trans.__('The baselines are made and the first check is run. This can take a while.');
    node.replaceChildren(element('p', { role: 'status' }, waiting));
    try {
      const title = trans._n('Running %1 monitor', 'Running %1 monitors', monitors.length, monitors.length);
      const params = { project: state.project || '.', monitors, ...(at !== undefined && { at }) };
      const { executions } = await running.request('run', params, { title, signal: closed });
      const result = await resultPart(created, executions, context);
      const done = element('h3', { tabindex: '-1' }, trans.__('The first check is done'));
      node.replaceChildren(done, result);
      done.focus();
    } catch (error) {
      if (closed.aborted) return;
      const again = button({ class: 'driftline-action' }, () => void run(), trans.__('Run the check again'));
      const written = trans.__('%1 is written; what was finished is kept.', projectFileWords(state.project));
      node.replaceChildren(
        problemPanel(
          problemOf(error, trans),
          trans.__('The first check did not end'),
          element('p', {}, written),
          again,
        ),
      );
      again.focus();
    } finally {
      await projects.refresh();
    }
  };
  void run();
  return node;
}
