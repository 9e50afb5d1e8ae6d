import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Report } from 'driftline';
import { driftIcon } from '../icon.js';
import type { ReportProject } from '../panels/report-project.js';
import type { ServerFiles } from '../project/server-files.js';
import { LateWidget } from '../widgets/late-widget.js';
import type { FileViewer } from './file-viewer.js';

/** A document that only shows: it never writes the file. */
export type FileViewerDocument = DocumentWidget<LateWidget<FileViewer>>;

/** What the viewers of all files share. */
interface FactoryServices {
  readonly files: ServerFiles;
  readonly openAsText: (path: string) => void;
  readonly projectOf?: (path: string, report: Report, closed: AbortSignal) => Promise<ReportProject | undefined>;
  /** Opens the limits of the monitor that constraints judge; undefined where there is none. */
  readonly limitsOf?: (path: string) => Promise<(() => void) | undefined>;
}

/** Makes the viewers of result files, and keeps them up to date with the disk. */
export class FileViewerFactory extends ABCWidgetFactory<FileViewerDocument> {
  readonly #bundle: TranslationBundle;
  readonly #services: FactoryServices;
  #isDefault = true;

  constructor(options: DocumentRegistry.IWidgetFactoryOptions, bundle: TranslationBundle, services: FactoryServices) {
    super(options);
    this.#bundle = bundle;
    this.#services = services;
  }

  /** The file types that a double click opens here: all that were given, or none. */
  override get defaultFor(): string[] {
    return this.#isDefault ? super.defaultFor : [];
  }

  /** Takes part in double clicks or not; the registry reads it when the factory is added. */
  setDefault(isDefault: boolean): void {
    this.#isDefault = isDefault;
  }

  protected override createNewWidget(context: DocumentRegistry.Context): FileViewerDocument {
    const { files, openAsText, projectOf, limitsOf } = this.#services;
    const path = (): string => context.path;
    const content = new LateWidget(this.#bundle, async () => {
      const code = await import(/* webpackChunkName: "file-viewer" */ './file-viewer.js');
      return new code.FileViewer(this.#bundle, {
        path,
        files,
        openAsText: () => openAsText(path()),
        ...(projectOf && { projectOf: (report, closed) => projectOf(path(), report, closed) }),
        ...(limitsOf && { limitsOf: () => limitsOf(path()) }),
      });
    });
    content.title.icon = driftIcon;
    const draw = (): void => void content.use((viewer) => viewer.setText(context.model.toString()));
    context.ready.then(
      () => {
        if (content.isDisposed) return;
        draw();
        context.model.contentChanged.connect(draw);
        content.disposed.connect(() => context.model.contentChanged.disconnect(draw));
      },
      () => undefined,
    );
    return new DocumentWidget({ content, context });
  }
}
