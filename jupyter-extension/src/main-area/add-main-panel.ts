import type { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  JSONExt,
  type PartialJSONValue,
  type ReadonlyJSONObject,
  type ReadonlyPartialJSONObject,
} from '@lumino/coreutils';
import { driftIcon } from '../icon.js';
import { reportError } from '../plugins/report-error.js';
import { GuardedWidget } from './guarded-widget.js';
import { MainPanel, type MakeMainPanel, type PanelServices } from './main-panel.js';

/** A kind of panel that opens in the main area by a command. */
export interface MainPanelKind<Args extends ReadonlyPartialJSONObject> {
  /** The command that opens it: `driftline:open-dashboard`. */
  readonly command: string;
  /** Of the command. */
  readonly label: string;
  readonly caption: string;
  /** JSON Schema of the arguments. */
  readonly argsSchema: ReadonlyJSONObject;
  /** Of the tab, before the panel names itself. */
  readonly title: (args: Args) => string;
  /** Panels with the same key share one tab: opening again with other arguments changes it. */
  readonly key: (args: Args) => string;
  /** Fetches the code. */
  readonly load: () => Promise<MakeMainPanel<Args>>;
}

/** Adds the command, keeps track of the open tabs, and brings them back when the page is reloaded. */
export function addMainPanel<Args extends ReadonlyPartialJSONObject>(
  app: JupyterFrontEnd,
  restorer: ILayoutRestorer | null,
  trans: TranslationBundle,
  services: PanelServices,
  kind: MainPanelKind<Args>,
): void {
  const namespace = kind.command.replace(':', '-');
  const tracker = new WidgetTracker<GuardedWidget<Args>>({ namespace });
  const idOf = (args: Args): string => `${namespace}-${kind.key(args)}`;
  app.commands.addCommand(kind.command, {
    label: kind.label,
    caption: kind.caption,
    icon: driftIcon,
    describedBy: { args: kind.argsSchema },
    execute: (given: ReadonlyPartialJSONObject) => {
      performance.mark(`${kind.command}-start`);
      const args = given as Args;
      const id = idOf(args);
      const open = tracker.find((widget) => widget.id === id);
      const widget =
        open ?? new GuardedWidget<Args>({ content: new MainPanel<Args>(trans, services, kind.load), trans });
      if (open === undefined) {
        widget.id = id;
        widget.title.icon = driftIcon;
        widget.title.closable = true;
        widget.content.title.changed.connect(({ label, caption }) => {
          widget.title.label = label;
          widget.title.caption = caption;
        });
        widget.content.remembered.connect(() => {
          tracker.save(widget).catch((error: unknown) => reportError(error));
        });
      }
      // What is open already as it is asked for stays as the reader left it.
      const same = JSONExt.deepEqual(widget.content.opened ?? null, args as PartialJSONValue);
      if (!same) widget.content.open(args, kind.title(args));
      if (!widget.isAttached) app.shell.add(widget, 'main');
      if (open === undefined) tracker.add(widget).catch((error: unknown) => reportError(error));
      app.shell.activateById(id);
      return widget;
    },
  });
  restorer
    ?.restore(tracker, {
      command: kind.command,
      args: ({ content }) => content.args,
      name: ({ id }) => id,
    })
    .catch((error: unknown) => reportError(error));
}
