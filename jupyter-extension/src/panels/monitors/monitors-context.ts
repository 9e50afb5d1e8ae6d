import type { ISignal } from '@lumino/signaling';
import type { PanelServices } from '../../main-area/main-panel.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { MonitorsMemory } from './monitors-memory.js';
import type { RunTracker } from './run-tracker.js';

/** What the side panel reaches the rest of the page by. */
export interface MonitorsContext extends PanelContext, PanelServices {
  readonly runs: RunTracker;
  /** Ends when the panel is closed. */
  readonly closed: AbortSignal;
  /** Emitted with whether it is in view, when that changes. */
  readonly visibility: ISignal<unknown, boolean>;
  readonly isVisible: () => boolean;
  /** Whether the keyboard is in it. */
  readonly hasFocus: () => boolean;
  /** Emitted when it has another size. */
  readonly resized: ISignal<unknown, void>;
  readonly load: () => Promise<MonitorsMemory>;
  readonly save: (memory: MonitorsMemory) => Promise<void>;
  /** Resolved when the settings are read. */
  readonly settled: Promise<unknown>;
  /** Asks for a folder and adds its project to the settings; undefined where there are none. */
  readonly openProject?: (() => Promise<void>) | undefined;
  readonly now: () => Date;
  /** Called when rows are shown. */
  readonly onRows: () => void;
}
