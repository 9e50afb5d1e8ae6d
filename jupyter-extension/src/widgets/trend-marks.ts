import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorTrend } from 'driftline';
import { formatBucket } from '../format/time-format.js';
import { svgElement } from './svg-element.js';

/** From one mark to the next, in pixels. */
export const TREND_STEP = 4;
const HEIGHT = 18;

/**
 * The latest executions as marks from left to right: a dot where there was no violation, a bar for violations, the higher the
 * more (in the order of their square roots), a cross for a failure, a ring where there was no data, a square where it was
 * stopped. Its text alternative gives the same numbers.
 */
export function trendMarks(
  { scheduledTimes, outcomes, violations }: MonitorTrend,
  trans: TranslationBundle,
): SVGSVGElement {
  const width = outcomes.length * TREND_STEP + 1;
  const node = svgElement('svg', {
    class: 'driftline-trend',
    width: String(width),
    height: String(HEIGHT),
    viewBox: `0 0 ${width} ${HEIGHT}`,
    role: 'img',
    'aria-label': trendText({ scheduledTimes, outcomes, violations }, trans),
    focusable: 'false',
  });
  const open = { fill: 'none' };
  const most = Math.max(1, ...violations);
  outcomes.forEach((outcome, at) => {
    const x = at * TREND_STEP + 2.5;
    const base = HEIGHT - 3;
    switch (outcome) {
      case 'ok':
        node.append(svgElement('circle', { class: 'driftline-ok', cx: String(x), cy: String(base), r: '1.500' }));
        break;
      case 'violations': {
        const height = 4 + (HEIGHT - 6) * Math.sqrt((violations[at] ?? 0) / most) * 0.8;
        const y = HEIGHT - 1 - height;
        const bar = { x: String(x - 1.5), y: y.toFixed(1), width: '3', height: height.toFixed(1) };
        node.append(svgElement('rect', { class: 'driftline-violated', ...bar }));
        break;
      }
      case 'failed':
        node.append(
          svgElement('path', { class: 'driftline-drifting', d: `M${x - 2} ${base - 2}l4 4m0-4l-4 4`, ...open }),
        );
        break;
      case 'no-data':
        node.append(
          svgElement('circle', { class: 'driftline-quiet', cx: String(x), cy: String(base), r: '1.700', ...open }),
        );
        break;
      case 'stopped': {
        const square = { x: String(x - 1.5), y: String(base - 1.5), width: '3', height: '3' };
        node.append(svgElement('rect', { class: 'driftline-quiet', ...square, ...open }));
      }
    }
  });
  return node;
}

/** "7 executions since 3 Mar 2026: 2 without violations, 5 with violations (the latest 1, 3, 5, 6, 6)." */
export function trendText({ scheduledTimes, outcomes, violations }: MonitorTrend, trans: TranslationBundle): string {
  const count = (outcome: (typeof outcomes)[number]): number => outcomes.filter((each) => each === outcome).length;
  const found = violations.filter((_, at) => outcomes[at] === 'violations').slice(-5);
  const parts = [
    count('ok') > 0 && trans.__('%1 without violations', count('ok')),
    found.length > 0 && trans.__('%1 with violations (the latest: %2)', count('violations'), found.join(', ')),
    count('failed') > 0 && trans.__('%1 failed', count('failed')),
    count('no-data') > 0 && trans.__('%1 without data', count('no-data')),
    count('stopped') > 0 && trans.__('%1 stopped', count('stopped')),
  ].filter((part) => part !== false);
  const since = formatBucket(scheduledTimes[0] ?? '', 'day');
  return trans._n(
    '%1 execution since %2: %3.',
    '%1 executions since %2: %3.',
    outcomes.length,
    since,
    parts.join(', '),
  );
}
