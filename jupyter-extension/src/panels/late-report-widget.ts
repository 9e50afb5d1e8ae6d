import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import { LateWidget } from '../widgets/late-widget.js';
import type { ReportWidget } from './report-widget.js';

/** Draws the report of an output cell; what draws it is fetched with the first report of the page. */
export class LateReportWidget extends LateWidget<ReportWidget> implements IRenderMime.IRenderer {
  constructor(trans: TranslationBundle) {
    super(trans, async () => {
      const code = await import(/* webpackChunkName: "report" */ './report-widget.js');
      return new code.ReportWidget(trans);
    });
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    return this.use((report) => report.renderModel(model));
  }
}
