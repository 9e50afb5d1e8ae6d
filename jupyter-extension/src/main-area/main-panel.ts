import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ProjectRegistry } from '../project/project-registry.js';
import type { IDriftlineKernel } from '../tokens.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { PanelWidget } from '../widgets/panel-widget.js';
import { problemPanel } from '../widgets/problem-panel.js';

/** What panels of the main area and the side panel reach the rest of the page by. */
export interface PanelServices {
  readonly projects: ProjectRegistry;
  readonly kernel: IDriftlineKernel;
  readonly commands: CommandRegistry;
}

/** What a panel of the main area is given besides its arguments. */
export interface MainPanelContext extends PanelContext, PanelServices {
  /** Ends when the panel is closed; what it started should end with it. */
  readonly closed: AbortSignal;
  /** Emitted when the panel comes into view again. */
  readonly shown: ISignal<unknown, void>;
  /** Whether it is in view. */
  readonly isVisible: () => boolean;
  /** Names the tab. */
  readonly setTitle: (label: string, caption?: string) => void;
  /** What is asked before the tab is closed, while something would be lost; undefined: nothing. */
  readonly guard: (question: string | undefined) => void;
  /** Remembers other arguments for the next reload of the page: a tab that was chosen, a time range. */
  readonly remember: (args: ReadonlyPartialJSONObject) => void;
  /** What the panel remembered last, before it was opened with other arguments. */
  readonly previous: ReadonlyPartialJSONObject;
}

/** Makes the content of a panel; it can be called with other arguments when the same panel is opened again. */
export type MakeMainPanel<Args> = (args: Args, context: MainPanelContext) => HTMLElement | Promise<HTMLElement>;

/** A tab of the main area whose code is fetched when it is first opened. */
export class MainPanel<Args extends ReadonlyPartialJSONObject = ReadonlyPartialJSONObject> extends PanelWidget {
  readonly #load: () => Promise<MakeMainPanel<Args>>;
  readonly #services: PanelServices;
  readonly #remembered = new Signal<this, ReadonlyPartialJSONObject>(this);
  readonly #shown = new Signal<this, void>(this);
  #opened: Args | undefined;
  #args: ReadonlyPartialJSONObject = {};
  #closing = new AbortController();
  #question: string | undefined;

  constructor(trans: TranslationBundle, services: PanelServices, load: () => Promise<MakeMainPanel<Args>>) {
    super(trans);
    this.#load = load;
    this.#services = services;
    this.addClass('driftline-main');
    this.node.tabIndex = -1;
  }

  /** What it was last opened with; undefined before. */
  get opened(): Args | undefined {
    return this.#opened;
  }

  /** What would open this panel as it is now. */
  get args(): ReadonlyPartialJSONObject {
    return this.#args;
  }

  /** Emitted when {@link args} change. */
  get remembered(): ISignal<this, ReadonlyPartialJSONObject> {
    return this.#remembered;
  }

  /** What is to be asked before the panel is closed. */
  get question(): string | undefined {
    return this.#question;
  }

  /** Shows the panel for other arguments. */
  open(args: Args, title: string): void {
    const previous = this.#args;
    this.#question = undefined;
    this.#opened = args;
    this.#args = args;
    if (this.title.label === '') this.title.label = title;
    const { parts } = this.context;
    let made = false;
    this.fill(() => {
      // Made anew for another time zone, it is as the reader left it.
      const wanted = made ? (this.#args as Args) : args;
      made = true;
      const context = this.#newContext(previous);
      const part = parts.add<MakeMainPanel<Args>, HTMLElement>({
        title,
        load: this.#load,
        make: (make) => this.#filled(make, wanted, context),
        nodes: (node) => [node],
      });
      return element('div', { class: 'driftline-main-content' }, part.node);
    });
    this.#remembered.emit(args);
  }

  /** Ends the former content, and gives the next one what it needs. */
  #newContext(previous: ReadonlyPartialJSONObject): MainPanelContext {
    this.#closing.abort();
    this.#closing = new AbortController();
    return {
      ...this.context,
      ...this.#services,
      closed: this.#closing.signal,
      shown: this.#shown,
      isVisible: () => this.isVisible,
      setTitle: (label, caption = label) => {
        this.title.label = label;
        this.title.caption = caption;
      },
      guard: (question) => {
        this.#question = question;
      },
      remember: (remembered) => {
        this.#args = remembered;
        this.#remembered.emit(remembered);
      },
      previous,
    };
  }

  /** A place that the panel takes when it is made, or the reason why it could not be. */
  #filled(make: MakeMainPanel<Args>, args: Args, context: MainPanelContext): HTMLElement {
    const { trans } = context;
    const place = element(
      'div',
      { 'aria-busy': 'true' },
      element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Loading …')),
    );
    const fill = async (): Promise<void> => {
      try {
        place.replaceChildren(await make(args, context));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const problem = { what: reason, fix: trans.__('Correct what is named, then open this again.') };
        place.replaceChildren(problemPanel(problem, trans.__('This cannot be shown')));
      }
      place.removeAttribute('aria-busy');
    };
    void fill();
    return place;
  }

  protected override onAfterShow(message: Parameters<PanelWidget['onAfterShow']>[0]): void {
    super.onAfterShow(message);
    this.#shown.emit();
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.#closing.abort();
    Signal.clearData(this);
    super.dispose();
  }
}
