import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { RunExecution, RunParams } from 'driftline';
import type { PanelServices } from '../../main-area/main-panel.js';
import { commandIds } from '../../tokens.js';
import type { RunTracker } from '../monitors/run-tracker.js';

/** What a run needs of the page. */
export interface RunServices extends PanelServices {
  readonly trans: TranslationBundle;
  readonly runs: RunTracker;
  /** Whether progress is to be seen somewhere else. */
  readonly isWatched: () => boolean;
}

/** Which executions of which monitors; the latest scheduled ones where no time is given. ISO times. */
export interface RunRequest {
  /** The project's path. */
  readonly project: string;
  readonly monitors: readonly string[];
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Runs executions in the kernel, says what they found, and has the panels read it. Failures are said, never thrown. */
export async function runMonitors(request: RunRequest, services: RunServices): Promise<void> {
  const { trans, runs, kernel, projects } = services;
  const { project, monitors, at, from, to } = request;
  const [only = ''] = monitors;
  const title = monitors.length === 1 ? trans.__('Running %1', only) : trans.__('Running %1 monitors', monitors.length);
  const stop = new AbortController();
  const notice = new RunNotice(title, () => stop.abort(), services);
  const end = runs.begin(project, monitors);
  const times = {
    ...(at !== undefined && { at }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  const params: RunParams = { project: project || '.', monitors, ...times };
  try {
    const { executions } = await (await kernel.get()).request('run', params, { title, signal: stop.signal });
    notice.done(executions, project);
  } catch (error) {
    notice.failed(error);
  } finally {
    end();
    await projects.refresh();
  }
}

/** The notification of a run: what it does, where nothing else shows it, and what became of it. */
class RunNotice {
  readonly #services: RunServices;
  readonly #id: string | undefined;

  constructor(title: string, cancel: () => void, services: RunServices) {
    this.#services = services;
    if (services.isWatched()) return;
    const actions = [{ label: services.trans.__('Cancel'), callback: cancel }];
    this.#id = Notification.emit(title, 'in-progress', { autoClose: false, actions });
  }

  done(executions: readonly RunExecution[], project: string): void {
    const { trans, commands } = this.#services;
    const [only] = executions;
    if (only === undefined) {
      this.#say(trans.__('Nothing was scheduled in this time, so nothing was run.'), 'info');
      return;
    }
    const isBad = executions.some(({ outcome }) => outcome === 'failed');
    const type = isBad ? 'error' : executions.some(({ outcome }) => outcome !== 'ok') ? 'warning' : 'success';
    const { monitor, scheduledTime, headline } = executions.at(-1) ?? only;
    const actions = commands.hasCommand(commandIds.openExecution)
      ? [
          {
            label: executions.length === 1 ? trans.__('Open') : trans.__('Open the last'),
            callback: () => {
              void commands.execute(commandIds.openExecution, { project, monitor, scheduledTime });
            },
          },
        ]
      : [];
    this.#say(executions.length === 1 ? `${monitor}: ${headline}` : countWords(executions, trans), type, actions);
  }

  failed(error: unknown): void {
    const { trans } = this.#services;
    if ((error as { readonly code?: unknown } | null)?.code === 'ABORTED') {
      this.#say(trans.__('The run was cancelled.'), 'info');
    } else this.#say(error instanceof Error ? error.message : String(error), 'error');
  }

  #say(
    message: string,
    type: 'info' | 'success' | 'warning' | 'error',
    actions: { readonly label: string; readonly callback: () => void }[] = [],
  ): void {
    const options = { actions, autoClose: type === 'error' ? (false as const) : 8000 };
    if (this.#id === undefined) Notification.emit(message, type, options);
    else Notification.update({ id: this.#id, message, type, ...options });
  }
}

/** "12 executions: 3 with violations, 1 failed." */
function countWords(executions: readonly RunExecution[], trans: TranslationBundle): string {
  const count = (outcome: RunExecution['outcome']): number =>
    executions.filter((execution) => execution.outcome === outcome).length;
  const parts = [
    count('ok') > 0 && trans.__('%1 without violations', count('ok')),
    count('violations') > 0 && trans.__('%1 with violations', count('violations')),
    count('no-data') > 0 && trans.__('%1 without data', count('no-data')),
    count('failed') > 0 && trans.__('%1 failed', count('failed')),
  ].filter((part) => part !== false);
  return trans.__('%1 executions: %2.', executions.length, parts.join(', '));
}
