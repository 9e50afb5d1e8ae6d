import type { ComparedSide, Report } from 'driftline';
import { KernelError } from '../../kernel/kernel-error.js';
import { kernelStatus } from '../../kernel/kernel-status.js';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import { button, type Child, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { reportPanel } from '../report-panel.js';
import type { ComparedSideChoice, ComparedSides } from './compared-sides.js';

/** Two windows of capture against one another: the kernel compares them when it is asked to, and its report is shown. */
export class WindowsView {
  readonly node: HTMLElement;
  readonly #context: MainPanelContext;
  readonly #chosenNow: () => Promise<void>;
  readonly #compare: HTMLButtonElement;
  readonly #status: HTMLElement;
  readonly #result: HTMLElement;
  #chosen: ComparedSides | undefined;
  #key = '';
  #asked = 0;

  /** @param chosenNow - resolved when the last choice has been taken over by {@link choose}. */
  constructor(context: MainPanelContext, chosenNow: () => Promise<void>) {
    const { trans } = context;
    this.#context = context;
    this.#chosenNow = chosenNow;
    this.#compare = button({ class: 'driftline-action' }, () => void this.#run(), trans.__('Compare the windows'));
    this.#status = element('div', {});
    this.#result = element('div', { class: 'driftline-compare-result' });
    this.node = element(
      'div',
      { class: 'driftline-compare-windows' },
      element('div', { class: 'driftline-compare-run' }, this.#compare, this.#status),
      this.#result,
    );
  }

  /** Takes other windows; a report of the former ones goes. */
  choose(chosen: ComparedSides): void {
    this.#chosen = chosen;
    const key = JSON.stringify([sideOf(chosen.left), sideOf(chosen.right)]);
    const problem = this.#problem(chosen);
    this.#compare.disabled = problem !== undefined;
    if (key === this.#key && this.node.isConnected) return;
    this.#key = key;
    this.#asked += 1;
    this.#show(element('p', { class: 'driftline-muted' }, problem ?? this.#hint()));
    void this.#showStatus();
  }

  async #showStatus(): Promise<void> {
    if (this.#status.childElementCount > 0) return;
    const status = kernelStatus(await this.#context.kernel.get(), this.#context);
    if (this.#status.childElementCount === 0) this.#status.append(status);
  }

  async #run(): Promise<void> {
    const { trans, kernel, closed } = this.#context;
    // What was typed last is still on its way when the button is pressed right after it.
    await this.#chosenNow();
    const [baseline, current] = [sideOf(this.#chosen?.left), sideOf(this.#chosen?.right)];
    if (baseline === undefined || current === undefined) return;
    this.#asked += 1;
    const asked = this.#asked;
    this.#compare.disabled = true;
    this.node.setAttribute('aria-busy', 'true');
    this.#show(element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Comparing …')));
    let shown: () => Child;
    try {
      const options = { title: trans.__('Comparing two windows'), signal: closed };
      const report = await (await kernel.get()).request('compare', { baseline, current }, options);
      shown = () => reportPanel(report as Report, this.#context);
    } catch (error) {
      shown = () => this.#failed(error);
    }
    this.#compare.disabled = false;
    this.node.removeAttribute('aria-busy');
    if (asked === this.#asked && !closed.aborted) this.#show(shown());
  }

  #failed(error: unknown): Child {
    const { trans } = this.#context;
    if (error instanceof KernelError && error.code === 'ABORTED') {
      return element('p', { class: 'driftline-muted', role: 'status' }, trans.__('The comparison was cancelled.'));
    }
    const { what, where, fix } =
      error instanceof KernelError ? error : { what: String(error), where: undefined, fix: undefined };
    const title = trans.__('The windows could not be compared');
    const place = where !== undefined && element('p', { class: 'driftline-muted' }, trans.__('At: %1', where));
    return problemPanel({ what, fix: fix ?? trans.__('Compare them again.') }, title, place);
  }

  #show(node: Child): void {
    this.#context.charts.release(this.#result);
    this.#result.replaceChildren(...(node === false || node === undefined ? [] : [node]));
  }

  #problem({ left, right }: ComparedSides): string | undefined {
    const { trans } = this.#context;
    if (left.endpoint === undefined || right.endpoint === undefined) {
      return trans.__('The project has no endpoint: add one to driftline.yaml, or set it up.');
    }
    for (const { start, end } of [left, right]) {
      if (start === undefined || end === undefined) return trans.__('Say from when to when, on both sides.');
      if (Date.parse(start) >= Date.parse(end)) return trans.__('A window ends before it begins.');
    }
    return undefined;
  }

  #hint(): string {
    return this.#context.trans.__(
      'The left window is profiled as the baseline, limits are suggested from it, and the right window is checked against them. Nothing of the project is changed.',
    );
  }
}

/** A side as the kernel takes it; undefined where something is missing. */
function sideOf(choice: ComparedSideChoice | undefined): ComparedSide | undefined {
  if (choice === undefined) return undefined;
  const { project, endpoint, variant, start, end } = choice;
  if (endpoint === undefined || start === undefined || end === undefined) return undefined;
  return { project: project || '.', endpoint, start, end, ...(variant !== undefined && { variant }) };
}
