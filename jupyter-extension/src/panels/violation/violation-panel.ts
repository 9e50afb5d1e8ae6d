import type { ServiceManager } from '@jupyterlab/services';
import { violationCourse } from 'driftline/browser';
import type { MainPanelContext, MakeMainPanel } from '../../main-area/main-panel.js';
import { element } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { violationSubjects } from '../violation-subject.js';
import { certaintyView } from './certainty-view.js';
import { courseView, type History, loadHistory } from './course-view.js';
import { decisionsView } from './decisions-view.js';
import { detailView } from './detail-view.js';
import { type FoundViolation, findViolation } from './find-violation.js';
import { headView } from './head-view.js';
import { incidentView } from './incident-view.js';
import { loadSurroundings } from './load-incident.js';
import { type NotebookServices, notebookButton } from './open-notebook.js';
import { recordsView } from './records-view.js';
import { segmentsView } from './segments-view.js';
import type { ViolationArgs } from './violation-args.js';
import type { ViolationContext } from './violation-context.js';

/** The view of a violation: what was measured, how it went, its records, its incident, and what people decided. */
export function violationPanel({
  contents,
  kernelspecs,
}: Pick<ServiceManager.IManager, 'contents' | 'kernelspecs'>): MakeMainPanel<ViolationArgs> {
  return async (args: ViolationArgs, context: MainPanelContext): Promise<HTMLElement> => {
    const found = await findViolation(args, context.projects, context.trans);
    const title = titleOf(found);
    context.setTitle(title, `${title}: ${found.monitor}, ${found.execution.scheduledTime}`);
    const history = await loadHistory(found);
    const { store } = found;
    // What others decided meanwhile.
    const look = (): void => void store.refresh();
    context.shown.connect(look);
    context.closed.addEventListener('abort', () => context.shown.disconnect(look));
    return panel(found, history, { contents, kernelspecs }, { ...context, now: () => new Date() });
  };
}

function panel(
  found: FoundViolation,
  history: History,
  services: NotebookServices,
  context: ViolationContext,
): HTMLElement {
  const { trans } = context;
  const { execution, violation } = found;
  const course = violationCourse(history.executions, execution.scheduledTime, violation.id);
  const carriers = element('div', {});
  const incident = element('div', { 'aria-busy': 'true' });
  const waiting = element(
    'p',
    { class: 'driftline-muted', role: 'status' },
    trans.__('Looking for what belongs to it …'),
  );
  incident.append(section(trans.__('The same incident'), waiting));
  const load = async (): Promise<void> => {
    const around = await loadSurroundings(found);
    if (context.closed.aborted) return;
    const segments = segmentsView(found, around.reports, context);
    if (segments !== undefined) carriers.replaceChildren(section(trans.__('What carries it'), segments));
    incident.removeAttribute('aria-busy');
    incident.replaceChildren(section(trans.__('The same incident'), incidentView(found, around, context)));
  };
  load().catch((error: unknown) => waiting.replaceChildren(error instanceof Error ? error.message : String(error)));
  const notebook = notebookButton(found, services, context);
  const timeChart = courseView(found, history, context);
  return element(
    'article',
    { class: 'driftline-report driftline-violation', 'aria-label': titleOf(found) },
    headView(found, notebook.button, context),
    notebook.message,
    element(
      'div',
      { class: 'driftline-violation-columns' },
      certaintyView(found, context),
      section(trans.__('How it stands'), decisionsView(found, course, context)),
    ),
    section(trans.__('In this window'), detailView(found, context)),
    timeChart && section(trans.__('Over the executions'), timeChart),
    carriers,
    section(trans.__('The records behind it'), recordsView(found, context)),
    incident,
  );
}

/** "hours-per-week", "Recall", "sex = Female: DRR", "label0: nDCG". */
function titleOf({ report, violation }: FoundViolation): string {
  const { title, more } = violationSubjects(report)(violation);
  return violation.label !== undefined && more !== undefined ? `${title}: ${more}` : title;
}
