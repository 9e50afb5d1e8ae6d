import type { TranslationBundle } from '@jupyterlab/translation';
import { type ChartStyle, type Figure, plotText } from '../charts/figure.js';
import { chartColours } from '../widgets/chart-colours.js';
import type { LegendMark } from './legend-marks.js';

/** A chart that is to leave the page. */
export interface ExportedChart {
  /** What stands above it: "hours-per-week, Distribution". */
  readonly title: string;
  readonly figure: (style: ChartStyle) => Figure;
  readonly legend: readonly LegendMark[];
  /** Pixels. */
  readonly width: number;
  readonly trans: TranslationBundle;
}

/** How many times finer a PNG is than the screen. */
const fineness = 2;
const titleHeight = 26;
/** What plotly.js leaves between a title and the lines below it. */
const gap = 12;
const legendHeight = 17;
/** Pixels of one letter of the legend, about. */
const letter = 6.2;

/** The chart as plotly.js draws it into a file, with its title and legend, in the colours of the page's theme. */
export async function chartImage(chart: ExportedChart, format: 'png' | 'svg'): Promise<Blob> {
  const { default: plotly } = await import(/* webpackChunkName: "plotly" */ 'plotly.js-cartesian-dist-min');
  const { data, layout } = exportedFigure(chart);
  const url = await plotly.toImage(
    { data, layout, config: {} },
    { format, width: chart.width, height: layout.height, scale: format === 'png' ? fineness : 1 },
  );
  const [head = '', content = ''] = split(url);
  const bytes = head.endsWith(';base64')
    ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
    : new TextEncoder().encode(decodeURIComponent(content));
  return new Blob([bytes], { type: format === 'png' ? 'image/png' : 'image/svg+xml' });
}

/** The figure with room for what stands around it on the page. */
export function exportedFigure({ title, figure, legend, width, trans }: ExportedChart): Figure {
  const colours = chartColours();
  const { data, layout } = figure({ colours, width, trans });
  const lines = legendLines(legend, width);
  const added = titleHeight + (lines.length > 0 ? gap + lines.length * legendHeight : 0);
  const margin = (layout['margin'] ?? {}) as Readonly<Record<string, number>>;
  return {
    data,
    layout: {
      ...layout,
      width,
      height: layout.height + added,
      margin: { ...margin, t: (margin['t'] ?? 0) + added },
      paper_bgcolor: colours.background,
      title: {
        text: `<b>${plotText(title)}</b>`,
        font: { size: 14, color: colours.text },
        x: 0,
        xref: 'container',
        xanchor: 'left',
        y: 1,
        yref: 'container',
        yanchor: 'top',
        pad: { l: 12, t: 8 },
        ...(lines.length > 0 && {
          subtitle: { text: lines.join('<br>'), font: { size: 12, color: colours.muted } },
        }),
      },
    },
  };
}

/** The legend as lines of plotly.js's markup, each mark in its colour. */
function legendLines(legend: readonly LegendMark[], width: number): string[] {
  const lines: { text: string; length: number }[] = [];
  for (const { sign, colour, words } of legend) {
    const text = `<span style="color:${colour}">${sign}</span> ${plotText(words)}`;
    const length = (words.length + 5) * letter;
    const last = lines.at(-1);
    if (last === undefined || last.length + length > width - 24) lines.push({ text, length });
    else {
      last.text += `    ${text}`;
      last.length += length;
    }
  }
  return lines.map(({ text }) => text);
}

function split(url: string): [string, string] {
  const at = url.indexOf(',');
  return [url.slice(0, at), url.slice(at + 1)];
}
