import type { Rule } from 'driftline';
import { compareStatistics, type NamedText } from 'driftline/browser-files';
import manifest from '../../package.json';
import { reportPanel } from '../panels/report-panel.js';
import { choiceSwitch } from '../widgets/choice-switch.js';
import { element, uniqueId } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';

/** The files of a comparison of statistics, of which the baseline has at least one. */
export interface StatisticsFiles {
  readonly baseline: NamedText | undefined;
  readonly constraints: NamedText | undefined;
  readonly current: NamedText;
}

/**
 * The report that a check would make of the same data, computed here from the files alone, under either rule.
 *
 * @throws MonitorError where a file is not of the service's layout.
 */
export function statisticsComparison(files: StatisticsFiles, context: PanelContext): HTMLElement {
  const { trans, charts } = context;
  const { baseline, constraints, current } = files;
  const id = uniqueId('comparison');
  const place = element('div', { id });
  const show = (rule: Rule): void => {
    const report = compareStatistics({
      current,
      ...(baseline && { baseline }),
      ...(constraints && { constraints }),
      rule,
      ruleSource: trans.__('chosen here'),
      createdAt: new Date().toISOString(),
      driftline: manifest.version,
      engine: trans.__('this page'),
    });
    charts.release(place);
    place.replaceChildren(reportPanel({ ...report, title: trans.__('Statistics compared') }, context));
  };
  show('threshold');
  return element(
    'div',
    {},
    element(
      'div',
      { class: 'driftline-switches driftline-compared-rule' },
      choiceSwitch<Rule>(
        {
          label: trans.__('Rule that decides about violations'),
          choices: [
            ['threshold', trans.__('Threshold rule')],
            ['significant', trans.__('Significant rule')],
          ],
          chosen: 'threshold',
          controls: id,
        },
        show,
      ).node,
    ),
    place,
  );
}
