import type { TranslationBundle } from '@jupyterlab/translation';
import type { Report } from 'driftline';
import { reportPanel } from '../panels/report-panel.js';
import type { ReportProject } from '../panels/report-project.js';
import type { ServerFiles } from '../project/server-files.js';
import { parseJson } from '../report/parse-json.js';
import { readReport } from '../report/read-report.js';
import { button, element } from '../widgets/element.js';
import { PanelWidget } from '../widgets/panel-widget.js';
import { problemPanel } from '../widgets/problem-panel.js';
import { analysisView } from './analysis-view.js';
import { constraintsView } from './constraints-view.js';
import { fileKind } from './file-content.js';
import { isJsonLines } from './file-patterns.js';
import { statisticsView } from './statistics-view.js';
import { violationsView } from './violations-view.js';

/** What a viewer reaches beyond its file's text. */
export interface FileViewerServices {
  /** Of the file, from the server's root. */
  readonly path: () => string;
  readonly files: ServerFiles;
  readonly openAsText: () => void;
  /** The project that a report belongs to by its place; left out: there are no projects. */
  readonly projectOf?: (report: Report, closed: AbortSignal) => Promise<ReportProject | undefined>;
  /** Opens the limits of the monitor that the file judges; undefined where there is none. */
  readonly limitsOf?: () => Promise<(() => void) | undefined>;
}

/** Characters of an unknown file that are shown below the message. */
const excerptLength = 20_000;

/** Shows a file by what is in it; anything unknown gets a message, its text, and a way to the editor. */
export class FileViewer extends PanelWidget {
  readonly #services: FileViewerServices;
  #reading = new AbortController();

  constructor(trans: TranslationBundle, services: FileViewerServices) {
    super(trans);
    this.#services = services;
    this.addClass('driftline-file');
    this.node.tabIndex = -1;
  }

  /** Draws the file's text, again whenever it changes on the disk. */
  setText(text: string): void {
    this.fill(() => {
      this.#reading.abort();
      this.#reading = new AbortController();
      return this.#panel(text);
    });
  }

  override dispose(): void {
    this.#reading.abort();
    super.dispose();
  }

  #panel(text: string): HTMLElement {
    const { trans } = this.context;
    if (text.trim() === '') {
      return this.#problem(
        trans.__('The file is empty.'),
        trans.__('It may still be being written: this view follows the file.'),
        text,
      );
    }
    if (isJsonLines(this.#services.path())) return this.#capture(text);
    const parsed = parseJson(text);
    if ('error' in parsed) {
      return this.#problem(
        trans.__('The file is not valid JSON: %1', parsed.error),
        trans.__('It may have been cut off, or not be a result file.'),
        text,
      );
    }
    const context = { ...this.context, path: this.#services.path() };
    switch (fileKind(parsed.value)) {
      case 'report': {
        const read = readReport(parsed.value, trans);
        return 'problem' in read
          ? this.#problem(read.problem.what, read.problem.fix, text)
          : reportPanel(read.report, context, this.#services.projectOf?.(read.report, this.#reading.signal));
      }
      case 'statistics':
        return statisticsView(parsed.value, context);
      case 'constraints':
        return constraintsView(parsed.value, context, this.#services.limitsOf?.());
      case 'violations':
        return violationsView(parsed.value, context);
      case 'analysis':
        return analysisView(parsed.value, context);
      case undefined:
        return this.#problem(
          trans.__('The content is none of: a Driftline report, statistics, constraints, violations, an analysis.'),
          trans.__('Another program may use the same file name.'),
          text,
        );
    }
  }

  #capture(text: string): HTMLElement {
    const { trans, parts } = this.context;
    const { path, files } = this.#services;
    const { signal } = this.#reading;
    const unknown = (reason: string): HTMLElement =>
      this.#problem(
        trans.__('No line is a captured request, a merged record or ground truth. The first one: %1.', reason),
        trans.__('Another program may have written this file.'),
        text,
      );
    const part = parts.add({
      title: trans.__('captured requests'),
      load: () => import(/* webpackChunkName: "capture" */ './capture/capture-view.js'),
      make: ({ captureView }) => captureView({ text, path: path(), files, signal, unknown }, this.context),
      nodes: (node) => [node],
    });
    return element('div', {}, part.node);
  }

  #problem(what: string, fix: string, text: string): HTMLElement {
    const { trans } = this.context;
    return problemPanel(
      { what, fix },
      trans.__('This file cannot be shown'),
      button({ class: 'driftline-action' }, () => this.#services.openAsText(), trans.__('Open as text')),
      text !== '' && element('pre', { class: 'driftline-excerpt', tabindex: '0' }, text.slice(0, excerptLength)),
    );
  }
}
