import { kernelStatus } from '../../kernel/kernel-status.js';
import { button, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { checkPart } from './check-step.js';
import { columnsStep } from './columns-step.js';
import type { CreatedMonitors } from './created-monitors.js';
import { monitorsStep } from './monitors-step.js';
import { reviewStep } from './review-step.js';
import { problemOf } from './setup-problem.js';
import type { MakeStep, SetupContext, SetupStep } from './setup-step.js';
import { sourcesStep } from './sources-step.js';

/** The pages of the set-up, one at a time, with Back, and what the kernel does below. */
export async function setupWizard(outer: Omit<SetupContext, 'created'>): Promise<HTMLElement> {
  const { trans, running, closed, state } = outer;
  const pages: readonly { readonly title: string; readonly make: MakeStep }[] = [
    { title: trans.__('Data'), make: sourcesStep },
    { title: trans.__('Columns'), make: columnsStep },
    { title: trans.__('Monitors'), make: monitorsStep },
    { title: trans.__('Review'), make: reviewStep },
  ];
  const titles = [...pages.map(({ title }) => title), trans.__('First check')];
  let created: CreatedMonitors | undefined;
  const context: SetupContext = {
    ...outer,
    created: (monitors) => {
      created = monitors;
    },
  };
  let at = 0;
  let step: SetupStep | undefined;
  let busy: AbortController | undefined;

  const list = element('ol', { class: 'driftline-setup-steps', 'aria-label': trans.__('Steps') });
  const heading = element('h3', { tabindex: '-1' });
  const body = element('div', { class: 'driftline-setup-body' });
  const problem = element('div', { class: 'driftline-setup-problem' });
  const back = button({ class: 'driftline-action' }, () => void show(at - 1), trans.__('Back'));
  const next = element('button', { type: 'submit', class: 'driftline-action driftline-setup-next' });
  const bar = element('div', { class: 'driftline-setup-buttons' }, back, next);
  const form = element('form', { novalidate: true, 'aria-busy': 'false' }, heading, body, problem, bar);

  const showSteps = (): void => {
    list.replaceChildren(
      ...titles.map((title, index) =>
        element(
          'li',
          { 'aria-current': index === at ? 'step' : undefined, class: index < at ? 'driftline-setup-done' : undefined },
          element(
            'span',
            { class: 'driftline-setup-number', 'aria-hidden': 'true' },
            index < at ? '✓' : String(index + 1),
          ),
          title,
          index < at && element('span', { class: 'driftline-unseen' }, trans.__(' (done)')),
        ),
      ),
    );
    heading.textContent = trans.__('%1. %2', at + 1, titles[at] ?? '');
    back.hidden = at === 0 || at >= pages.length;
    next.hidden = at >= pages.length;
  };
  const setBusy = (controller: AbortController | undefined): void => {
    busy = controller;
    form.setAttribute('aria-busy', String(controller !== undefined));
    next.disabled = controller !== undefined;
    back.disabled = controller !== undefined;
  };
  const fail = (error: unknown): void => {
    problem.replaceChildren(problemPanel(problemOf(error, trans), trans.__('This does not work yet')));
    problem.scrollIntoView?.({ block: 'nearest' });
  };
  const show = async (index: number, focus = true): Promise<void> => {
    const page = pages[index];
    problem.replaceChildren();
    if (page === undefined) {
      at = index;
      step = undefined;
      if (created !== undefined) body.replaceChildren(checkPart(created, context));
    } else {
      step = await page.make(context);
      at = index;
      body.replaceChildren(step.node);
      next.textContent = step.nextWords;
    }
    showSteps();
    if (focus) heading.focus();
  };
  const goOn = async (): Promise<void> => {
    if (step === undefined || busy !== undefined) return;
    problem.replaceChildren();
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    closed.addEventListener('abort', stop);
    setBusy(controller);
    try {
      await step.next(controller.signal);
      await show(at + 1);
    } catch (error) {
      if (!closed.aborted) fail(error);
    } finally {
      closed.removeEventListener('abort', stop);
      setBusy(undefined);
    }
  };
  form.addEventListener('input', () => problem.replaceChildren());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void goOn();
  });
  await show(0, false);
  const title =
    state.choices.extend === true
      ? trans.__('Add monitors to %1', state.choices.endpoint ?? '')
      : trans.__('Set up monitoring');
  return element(
    'div',
    { class: 'driftline-setup' },
    element('h2', {}, title),
    list,
    form,
    kernelStatus(running, { trans, closed }),
  );
}
