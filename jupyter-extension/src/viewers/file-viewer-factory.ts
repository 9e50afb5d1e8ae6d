import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { driftIcon } from '../icon.js';
import { FileViewer } from './file-viewer.js';

/** A document that only shows: it never writes the file. */
export type FileViewerDocument = DocumentWidget<FileViewer>;

/** Makes the viewers of result files, and keeps them up to date with the disk. */
export class FileViewerFactory extends ABCWidgetFactory<FileViewerDocument> {
  readonly #bundle: TranslationBundle;
  readonly #openAsText: (path: string) => void;
  #isDefault = true;

  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions,
    bundle: TranslationBundle,
    openAsText: (path: string) => void,
  ) {
    super(options);
    this.#bundle = bundle;
    this.#openAsText = openAsText;
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
    const content = new FileViewer(this.#bundle, () => this.#openAsText(context.path));
    content.title.icon = driftIcon;
    const draw = (): void => content.setText(context.model.toString());
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
