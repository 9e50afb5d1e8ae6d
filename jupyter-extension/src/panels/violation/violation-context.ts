import type { MainPanelContext } from '../../main-area/main-panel.js';

/** What the parts of the violation view are given. */
export interface ViolationContext extends MainPanelContext {
  /** The time now. */
  readonly now: () => Date;
}
