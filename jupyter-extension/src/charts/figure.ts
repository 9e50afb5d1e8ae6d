import type { TranslationBundle } from '@jupyterlab/translation';
import { type ChartColours, chartFont } from '../widgets/chart-colours.js';

/** What plotly.js draws: plain data, so that a chart can be tested without drawing it. */
export interface Figure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>> & { readonly height: number };
}

/** What a chart needs besides its numbers. */
export interface ChartStyle {
  readonly colours: ChartColours;
  /** Pixels. */
  readonly width: number;
  readonly trans: TranslationBundle;
}

/** Text for plotly.js, which reads `<`, `>` and `&` as markup. */
export function plotText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The layout that all charts share. */
export function baseLayout({ colours }: ChartStyle): Record<string, unknown> {
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { ...chartFont, color: colours.text },
    hoverlabel: {
      bgcolor: colours.background,
      bordercolor: colours.axis,
      font: { color: colours.text },
      align: 'left',
    },
    showlegend: false,
    dragmode: false,
  };
}

/** An axis with quiet lines. */
export function axis(
  { colours }: ChartStyle,
  title: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    title: { text: title, font: { size: 12, color: colours.muted }, standoff: 8 },
    tickfont: { color: colours.muted },
    gridcolor: colours.grid,
    linecolor: colours.axis,
    tickcolor: colours.axis,
    zeroline: false,
    automargin: true,
    fixedrange: true,
    ...more,
  };
}
