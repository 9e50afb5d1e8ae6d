import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChartSet } from './chart-set.js';
import type { LateParts } from './late-parts.js';

/** What every part of a panel needs. */
export interface PanelContext {
  readonly trans: TranslationBundle;
  readonly charts: ChartSet;
  readonly parts: LateParts;
  /** The file that is shown, from the server's root; absent where what is shown is no file. */
  readonly path?: string;
}
