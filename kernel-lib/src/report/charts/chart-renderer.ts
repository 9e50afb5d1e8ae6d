import type { EChartsCoreOption } from 'echarts/core';
import { type Html, html, trusted } from '../html-template.js';

/** A chart before it is drawn. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** Read out in place of the picture: what it shows, and what it shows most clearly. */
  readonly title: string;
  readonly description: string;
  readonly option: EChartsCoreOption;
}

/** Draws a chart as inline SVG. Ids are unique among the drawings of one renderer, and the same on every run. */
export type ChartRenderer = (chart: Chart) => Html;

/**
 * Loads ECharts and draws with it: no DOM, no script in the page. The one file that holds all of ECharts loads in a
 * seventh of the CPU that the some 600 modules take from which the parts needed could be picked.
 */
export async function chartRenderer(): Promise<ChartRenderer> {
  const core = await import('echarts/dist/echarts.esm.min.mjs');
  let drawn = 0;
  return ({ width, height, title, description, option }) => {
    drawn += 1;
    const id = `chart-${drawn}`;
    const instance = core.init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      instance.setOption({ animation: false, ...option });
      const inner = innerMarkup(instance.renderToSVGString(), id);
      return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${trusted(inner)}</svg>`;
    } finally {
      // An instance that is not disposed of keeps a timer, and with it the process, running.
      instance.dispose();
    }
  };
}

/**
 * What stands between the `<svg>` tags, without what a still picture does not need (hover styles, data for scripts,
 * its background). ECharts escapes the quotes of texts, so that attributes can be told by theirs.
 */
function innerMarkup(svg: string, id: string): string {
  return svg
    .replace(/^<svg[^>]*>\s*/, '')
    .replace(/\s*<\/svg>\s*$/, '')
    .replace(/<style >[\s\S]*?<\/style>/g, '')
    .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events|xml:space)="[^"]*"/g, '')
    .replaceAll('font-size:12px;font-family:sans-serif;', '')
    .replaceAll('font-family:sans-serif;', '')
    .replaceAll(' style=""', '')
    .replace(/ id="zr\d+-/g, ` id="${id}-`)
    .replace(/="url\(#zr\d+-/g, `="url(#${id}-`)
    .replaceAll('dominant-baseline="central"', 'dy=".35em"')
    .replace(/\n+/g, '');
}
