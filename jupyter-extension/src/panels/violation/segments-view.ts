import type { AttributionSegment, Report } from 'driftline';
import { formatFraction } from '../../format/number-format.js';
import { formatTimeAndZone } from '../../format/time-format.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { FoundViolation } from './find-violation.js';

/**
 * The groups of rows, or else the hours, that carry the violation, as far as reports say. Undefined where what was measured
 * shows them itself (bias, attribution), or nothing is known.
 *
 * @param reports - of all monitors of the endpoint in overlapping windows.
 */
export function segmentsView(
  found: FoundViolation,
  reports: readonly Report[],
  context: PanelContext,
): HTMLElement | undefined {
  const { report } = found;
  if (report.modelQuality !== undefined) return qualitySegments(report.modelQuality, context);
  if (report.modelBias !== undefined || report.modelExplainability !== undefined) return undefined;
  const parts = [hoursWords(found, context), ...attributionSegments(found, reports, context)].filter(
    (part) => part !== undefined,
  );
  return parts.length > 0 ? element('div', {}, ...parts) : undefined;
}

function qualitySegments(quality: NonNullable<Report['modelQuality']>, context: PanelContext): HTMLElement {
  const { trans, parts } = context;
  return parts.add({
    title: trans.__('segments'),
    load: () => import(/* webpackChunkName: "model-quality" */ '../model-quality/segments-panel.js'),
    make: ({ segmentsPanel }) => segmentsPanel(quality, context),
    nodes: (node) => [node],
  }).node;
}

/** The hours from the change on, and how many of their rows have the violated property. */
function hoursWords({ violation, execution }: FoundViolation, { trans }: PanelContext): HTMLElement | undefined {
  const { since } = violation;
  if (since === undefined) return undefined;
  const [before, after] = [formatFraction(since.before), formatFraction(since.after)];
  const earlier = Date.parse(since.hour) <= Date.parse(execution.window.start);
  const sentences = [
    since.orEarlier
      ? trans.__('%1 of the rows carry it, since %2 or earlier.', after, formatTimeAndZone(since.hour))
      : trans.__('From %1 on %2 of the rows carry it; before, %3 did.', formatTimeAndZone(since.hour), after, before),
    since.until !== undefined
      ? trans.__('It was as before again from %1.', formatTimeAndZone(since.until))
      : earlier && trans.__('That is all of this window.'),
  ];
  return element('p', {}, sentences.filter((sentence) => typeof sentence === 'string').join(' '));
}

/** Groups of rows in which the model rests on this feature more, or less, than in the others; of the same window. */
function attributionSegments(
  { violation: { feature } }: FoundViolation,
  reports: readonly Report[],
  context: PanelContext,
): HTMLElement[] {
  const { trans, parts } = context;
  const about = ({ conditions, features }: AttributionSegment): boolean =>
    conditions.some((condition) => condition.feature === feature) || features.some((each) => each.feature === feature);
  return reports.flatMap(({ modelExplainability: explained }) =>
    (explained?.outputs ?? []).flatMap((output) => {
      const segments = output.segments.filter(about);
      if (explained === undefined || segments.length === 0) return [];
      const table = parts.add({
        title: trans.__('segments'),
        load: () =>
          Promise.all([
            import(
              /* webpackChunkName: "model-explainability" */ '../model-explainability/attribution-segments-view.js'
            ),
            import(/* webpackChunkName: "model-explainability" */ '../model-explainability/shown-report.js'),
          ]),
        make: ([{ attributionSegmentsView }, { shownReport }]) =>
          attributionSegmentsView(segments, shownReport(explained, output), context),
        nodes: (node) => [node],
      });
      const words = trans.__(
        'Groups of rows of the same window in whose answers %1 plays another part than in the rest:',
        feature,
      );
      return [element('p', {}, words), table.node];
    }),
  );
}
