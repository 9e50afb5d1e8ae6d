import type { TranslationBundle } from '@jupyterlab/translation';
import { PromiseDelegate } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import { driftIcon } from '../icon.js';
import type { MonitorsContext } from '../panels/monitors/monitors-context.js';
import type { MonitorsPanel } from '../panels/monitors/monitors-panel.js';
import { reportError } from '../plugins/report-error.js';
import { commandIds } from '../tokens.js';
import type { LatePart } from '../widgets/late-parts.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { PanelWidget } from '../widgets/panel-widget.js';

/** What the panel is given besides what this widget knows itself. */
export type MonitorsServices = Omit<
  MonitorsContext,
  keyof PanelContext | 'closed' | 'visibility' | 'isVisible' | 'hasFocus' | 'resized' | 'onRows'
>;

/** Marks of `performance`: the panel was asked for; the measure from there to its first rows. */
const OPENED = 'driftline:monitors-opened';
const MEASURE = 'driftline:monitors';

/** The place of the Monitors panel in the side bar. Its code is fetched when it is first shown. */
export class MonitorsSidePanel extends PanelWidget {
  readonly #services: MonitorsServices;
  readonly #visibility = new Signal<this, boolean>(this);
  readonly #resized = new Signal<this, void>(this);
  #part: LatePart<MonitorsPanel> | undefined;
  #closing = new AbortController();
  #measured = false;
  readonly #started = new PromiseDelegate<void>();

  constructor(trans: TranslationBundle, services: MonitorsServices) {
    super(trans);
    this.#services = services;
    this.id = 'driftline-monitors';
    this.addClass('driftline-monitors-side');
    // Until it is shown it is a place in the side bar, not a panel.
    this.removeClass('driftline-panel');
    this.title.icon = driftIcon;
    this.title.caption = trans.__('Monitors: endpoints and what watches them');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Monitors'));
    this.node.tabIndex = -1;
  }

  /** From here on it is measured how long the first rows take. */
  markOpened(): void {
    if (!this.#measured) performance.mark(OPENED);
  }

  /** Where the open projects have one endpoint in all, opens its dashboard and gives the tab; else nothing. */
  async openOnlyEndpoint(): Promise<unknown> {
    await this.#started.promise;
    const { projects, commands } = this.#services;
    const endpoints = projects.projects.flatMap(({ path, config }) =>
      Object.keys(config?.endpoints ?? {}).map((endpoint) => ({ project: path, endpoint })),
    );
    const [only, ...others] = endpoints;
    if (only === undefined || others.length > 0 || !commands.hasCommand(commandIds.openDashboard)) return undefined;
    return commands.execute(commandIds.openDashboard, only);
  }

  protected override onBeforeShow(message: Message): void {
    super.onBeforeShow(message);
    if (performance.getEntriesByName(OPENED).length === 0) this.markOpened();
    if (this.#part === undefined) this.#open();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.#visibility.emit(true);
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this.#visibility.emit(false);
  }

  protected override onResize(message: Widget.ResizeMessage): void {
    super.onResize(message);
    this.#resized.emit();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.focus();
    this.#part?.use((panel) => panel.focus());
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#closing.abort();
    Signal.clearData(this);
    super.dispose();
  }

  #open(): void {
    this.addClass('driftline-panel');
    this.fill(() => {
      this.#closing.abort();
      this.#closing = new AbortController();
      const context: MonitorsContext = {
        ...this.context,
        ...this.#services,
        closed: this.#closing.signal,
        visibility: this.#visibility,
        isVisible: () => this.isVisible,
        hasFocus: () => this.node.contains(document.activeElement),
        resized: this.#resized,
        onRows: () => this.#measure(),
      };
      const part = this.context.parts.add({
        title: context.trans.__('monitors'),
        load: () => import(/* webpackChunkName: "monitors" */ '../panels/monitors/monitors-panel.js'),
        make: ({ MonitorsPanel: Panel }) => {
          const panel = new Panel(context);
          panel
            .start()
            .catch((error: unknown) => reportError(error))
            .finally(() => this.#started.resolve());
          return panel;
        },
        nodes: ({ node }) => [node],
      });
      this.#part = part;
      return part.node;
    });
  }

  /** The rows are painted in the frame that follows. */
  #measure(): void {
    if (this.#measured) return;
    this.#measured = true;
    requestAnimationFrame(() => setTimeout(() => performance.measure(MEASURE, OPENED)));
  }
}
