import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { readReport } from '../report/read-report.js';
import { reportMimeType } from '../tokens.js';
import { PanelWidget } from '../widgets/panel-widget.js';
import { problemPanel } from '../widgets/problem-panel.js';
import { reportPanel } from './report-panel.js';

/** Draws the report of an output cell. Whatever the data, it shows something and never throws. */
export class ReportWidget extends PanelWidget implements IRenderMime.IRenderer {
  constructor(trans: TranslationBundle) {
    super(trans);
    this.addClass('driftline-output');
  }

  /** Resolved when the parts that are loaded late are there, too. */
  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { trans } = this.context;
    const read = readReport(model.data[reportMimeType], trans);
    this.fill(() =>
      'problem' in read
        ? problemPanel(read.problem, trans.__('The report cannot be shown'))
        : reportPanel(read.report, this.context),
    );
    return this.context.parts.settled();
  }
}
