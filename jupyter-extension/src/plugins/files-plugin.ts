import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Report } from 'driftline';
import type { ReportProject } from '../panels/report-project.js';
import { ContentsFiles } from '../project/server-files.js';
import { panelSettings } from '../settings/panel-settings.js';
import { commandIds, IProjectRegistry, pluginIds, translationDomain, viewerName } from '../tokens.js';
import { jsonLinesType } from '../viewers/file-patterns.js';
import { fileTypes } from '../viewers/file-types.js';
import { type FileViewerDocument, FileViewerFactory } from '../viewers/file-viewer-factory.js';
import { reportError } from './report-error.js';

/** The file types of the service's and our own result files, and the viewers that open them. */
export const filesPlugin: JupyterFrontEndPlugin<void> = {
  id: pluginIds.files,
  description: 'Opens statistics, constraints, violations, analyses and reports in read-only viewers.',
  autoStart: true,
  optional: [ILayoutRestorer, IProjectRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    restorer: ILayoutRestorer | null,
    projects: IProjectRegistry | null,
    translator: ITranslator | null,
  ) => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const types = fileTypes(trans);
    for (const type of types) app.docRegistry.addFileType(type);
    const names = types.map(({ name }) => name);
    const openAsText = (path: string): void => {
      app.commands
        .execute('docmanager:open', { path, factory: 'Editor' })
        .catch((error: unknown) => reportError(error));
    };
    const files = new ContentsFiles(app.serviceManager.contents);
    const projectOf =
      (registry: IProjectRegistry) =>
      async (path: string, report: Report, closed: AbortSignal): Promise<ReportProject | undefined> => {
        const { projectOfReport } = await import(/* webpackChunkName: "project" */ '../project/execution-project.js');
        return projectOfReport(path, report, files, registry, { commands: app.commands, closed });
      };
    const limitsOf =
      (registry: IProjectRegistry) =>
      async (path: string): Promise<(() => void) | undefined> => {
        if (!app.commands.hasCommand(commandIds.editConstraints)) return undefined;
        const { monitorOfBaseline } = await import(/* webpackChunkName: "project" */ '../project/baseline-monitor.js');
        const judged = await monitorOfBaseline(path, files, registry);
        if (judged === undefined) return undefined;
        return () => void app.commands.execute(commandIds.editConstraints, judged).catch(reportError);
      };
    const factory = new FileViewerFactory(
      {
        name: viewerName,
        label: trans.__('Driftline'),
        fileTypes: [...names, jsonLinesType],
        defaultFor: names,
        readOnly: true,
        modelName: 'text',
      },
      trans,
      { files, openAsText, ...(projects && { projectOf: projectOf(projects), limitsOf: limitsOf(projects) }) },
    );
    const tracker = new WidgetTracker<FileViewerDocument>({ namespace: 'driftline-files' });
    factory.widgetCreated.connect((_sender, widget) => {
      widget.context.pathChanged.connect(() => {
        tracker.save(widget).catch((error: unknown) => reportError(error));
      });
      tracker.add(widget).catch((error: unknown) => reportError(error));
    });
    // JupyterLab's declarations do not part absent from undefined, ours do.
    const add = () => app.docRegistry.addWidgetFactory(factory as DocumentRegistry.WidgetFactory);
    factory.setDefault(panelSettings.current.openFilesInDriftline);
    let added = add();
    panelSettings.changed.connect((holder, names) => {
      if (!names.includes('openFilesInDriftline')) return;
      added.dispose();
      factory.setDefault(holder.current.openFilesInDriftline);
      added = add();
    });
    restorer
      ?.restore(tracker, {
        command: 'docmanager:open',
        args: ({ context }) => ({ path: context.path, factory: viewerName }),
        name: ({ context }) => context.path,
      })
      .catch((error: unknown) => reportError(error));
  },
};
