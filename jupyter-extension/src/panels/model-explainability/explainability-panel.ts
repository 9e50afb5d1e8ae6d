import type { ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import { formatNdcg } from '../../format/attribution-format.js';
import { shorten } from '../../format/shorten.js';
import { chooser } from '../../widgets/chooser.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { section } from '../../widgets/section.js';
import { statusIcon } from '../../widgets/status-mark.js';
import { longestName, rankingTone, rankingToneWords, worstOutputsFirst } from './attribution-words.js';
import { methodView } from './method-view.js';
import { type OutputChoice, outputDetail } from './output-detail.js';

export interface ExplainabilityPanel {
  readonly sections: readonly HTMLElement[];
  /** Shows an output, the worst unless it is named, and takes the reader to it. */
  goTo(label?: string): void;
}

/** Up to so many outputs the list has no filter. */
const seenAtOnce = 12;

/** The part of a report that is about feature attribution. */
export function explainabilityPanel(report: ModelExplainabilityReport, context: PanelContext): ExplainabilityPanel {
  const { trans } = context;
  const outputs = worstOutputsFirst(report.outputs);
  const choice: OutputChoice = {
    all: { view: 'attribution', shown: 'chart' },
    time: { view: 'change', shown: 'chart' },
  };
  const list = chooser<OutputAttributionReport>(
    {
      items: outputs,
      name: ({ label }) => label,
      parts: (output) => {
        const tone = rankingTone(output);
        return [
          statusIcon(tone),
          element(
            'span',
            { class: 'driftline-facet' },
            element('span', { class: 'driftline-name', title: output.label }, shorten(output.label, longestName)),
            element(
              'span',
              { class: 'driftline-muted' },
              `nDCG ${formatNdcg(output.ranking.value)}, ${rankingToneWords(tone, trans)}`,
            ),
          ),
        ];
      },
      detail: (output) => outputDetail(output, report, choice, context),
      filterWords: trans.__('Filter outputs'),
      countWords: (left, all) => trans.__('%1 of %2 outputs', left, all),
      unfiltered: seenAtOnce,
      className: 'driftline-facets driftline-outputs',
    },
    context,
  );
  return {
    sections: [
      outputs.length > 0
        ? section(trans.__('Feature attribution'), list.node)
        : section(
            trans.__('Feature attribution'),
            element('p', { class: 'driftline-muted' }, trans.__('No output of the model was explained.')),
          ),
      section(trans.__('How it was explained'), methodView(report, context)),
    ],
    goTo: (label) => {
      const output = outputs.find((each) => each.label === label) ?? outputs[0];
      if (output !== undefined) list.goTo(output);
    },
  };
}
