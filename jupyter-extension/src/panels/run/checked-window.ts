import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { formatWindow } from '../../format/time-format.js';
import { kernelStatus } from '../../kernel/kernel-status.js';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import { element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { reportPanel } from '../report-panel.js';

/** Of the command `driftline:check-window`: a monitor, and a half-open window of ISO times. */
export interface CheckedWindowArgs extends ReadonlyPartialJSONObject {
  readonly project: string;
  readonly monitor: string;
  readonly start: string;
  readonly end: string;
}

/** The report of a window of anybody's choice; it is checked when this is opened, and nothing is written. */
export async function checkedWindow(args: CheckedWindowArgs, context: MainPanelContext): Promise<HTMLElement> {
  const { trans, kernel, closed } = context;
  const { project, monitor, start, end } = args;
  const running = await kernel.get();
  const title = trans.__('Checking %1, %2', monitor, formatWindow({ start, end }));
  const node = element('div', {}, kernelStatus(running, { trans, closed }));
  const check = async (): Promise<void> => {
    try {
      const params = { project: project || '.', monitor, start, end };
      const report = await running.request('check', params, { title, signal: closed });
      node.replaceChildren(reportPanel(report, context));
    } catch (error) {
      if (closed.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      const problem = { what: reason, fix: trans.__('Correct what is named, then run it again.') };
      node.replaceChildren(problemPanel(problem, trans.__('The window could not be checked')));
    }
  };
  void check();
  return node;
}
