import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { type PanelSettings, panelSettings } from '../settings/panel-settings.js';
import { ChartSet } from './chart-set.js';
import { LateParts } from './late-parts.js';
import type { PanelContext } from './panel-context.js';
import { problemPanel } from './problem-panel.js';

/** A Lumino widget that holds one panel and its charts. */
export class PanelWidget extends Widget {
  protected readonly context: PanelContext;
  #make: (() => HTMLElement) | undefined;

  constructor(trans: TranslationBundle) {
    super();
    this.context = { trans, charts: new ChartSet(), parts: new LateParts(trans) };
    this.addClass('driftline-panel');
    this.node.addEventListener('keydown', keepFromNotebook);
    panelSettings.changed.connect(this.#follow, this);
  }

  /**
   * Replaces the panel; an error in making it is shown in its place. It is made again when times are to be shown in another
   * zone.
   */
  protected fill(make: () => HTMLElement): void {
    this.#make = make;
    const { trans, charts, parts } = this.context;
    parts.clear();
    charts.dispose();
    let panel: HTMLElement;
    try {
      panel = make();
    } catch (error) {
      parts.clear();
      charts.dispose();
      const reason = error instanceof Error ? error.message : String(error);
      panel = problemPanel(
        {
          what: trans.__('The content is not of the expected form: %1', reason),
          fix: trans.__('Make the file or the report again, or open it as text.'),
        },
        trans.__('This cannot be shown'),
      );
    }
    this.node.replaceChildren(panel);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.context.charts.look();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.context.charts.look();
  }

  protected override onBeforeDetach(message: Message): void {
    this.context.charts.purge();
    super.onBeforeDetach(message);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    panelSettings.changed.disconnect(this.#follow, this);
    this.context.parts.clear();
    this.context.charts.dispose();
    super.dispose();
  }

  #follow(_holder: unknown, names: readonly (keyof PanelSettings)[]): void {
    if (names.includes('timeZone') && this.#make !== undefined) this.fill(this.#make);
  }
}

/**
 * In a notebook plain keys are commands of the cell (Enter edits it, arrows leave it, D D deletes it). Inside a panel
 * they are for the panel; combinations with Ctrl, Alt or Cmd, and Escape, go on as everywhere.
 */
function keepFromNotebook(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.key === 'Escape') return;
  event.stopPropagation();
}
