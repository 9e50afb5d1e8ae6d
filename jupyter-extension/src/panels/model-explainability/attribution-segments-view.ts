import type { AttributionSegment } from 'driftline';
import { formatPoints, formatShare } from '../../format/attribution-format.js';
import { formatCount } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { estimatedCell, estimatedText } from './attribution-cells.js';
import { longestName, scaleWords } from './attribution-words.js';
import type { ShownReport } from './shown-report.js';

type SegmentFeature = AttributionSegment['features'][number];

/** The groups of rows whose answers rest on other features than those of the rest. */
export function attributionSegmentsView(
  segments: readonly AttributionSegment[],
  { scale, numbers }: ShownReport,
  { trans }: PanelContext,
): HTMLElement {
  const unit = scaleWords(scale, trans);
  const answer = (title: string, key: 'segment' | 'rest') => ({
    title,
    kind: 'number' as const,
    cell: (segment: AttributionSegment) => estimatedCell(segment.answer[key], numbers.value),
    sortBy: (segment: AttributionSegment) => segment.answer[key].value,
  });
  return dataTable<AttributionSegment>({
    caption: trans.__('Groups of rows whose answers rest on other features'),
    trans,
    stack: true,
    rows: segments,
    columns: [
      {
        title: trans.__('Group'),
        rowHeader: true,
        cell: ({ title }) => shorten(title, longestName),
        sortBy: ({ title }) => title,
      },
      {
        title: trans.__('Rests, of all attribution, on'),
        cell: ({ features }) =>
          element(
            'ul',
            { class: 'driftline-plain-list' },
            ...features.map((each) => element('li', {}, featureWords(each, trans))),
          ),
        sortBy: ({ features: [first] }) => first && Math.abs(first.share.value - first.rest.value),
      },
      answer(trans.__('Mean answer (%1)', unit), 'segment'),
      answer(trans.__('Of the rest'), 'rest'),
      { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows), sortBy: ({ rows }) => rows },
    ],
  });
}

function featureWords({ feature, share, rest }: SegmentFeature, trans: PanelContext['trans']): string {
  return trans.__(
    '%1: %2, the rest %3 (%4 points)',
    shorten(feature, 60),
    estimatedText(share, formatShare),
    formatShare(rest.value),
    formatPoints(share.value - rest.value),
  );
}
