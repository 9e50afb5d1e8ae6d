import type { ChartStyle } from '../../../jupyter-extension/src/charts/figure.js';
import { chartTheme } from '../../../kernel-lib/src/report/theme.js';
import { trans } from './trans.js';

/** A chart's surroundings: light, 800 pixels wide unless said otherwise. */
export function chartStyle(width: number = 800): ChartStyle {
  return { colours: chartTheme.light, width, trans };
}
