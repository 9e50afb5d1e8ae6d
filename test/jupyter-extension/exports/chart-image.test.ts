// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chartImage, type ExportedChart, exportedFigure } from '../../../jupyter-extension/src/exports/chart-image.js';
import { trans } from '../support/trans.js';

const plotly = vi.hoisted(() => ({ toImage: vi.fn(async (): Promise<string> => '') }));
vi.mock('plotly.js-cartesian-dist-min', () => ({ default: plotly }));
beforeEach(() => vi.clearAllMocks());

const chart: ExportedChart = {
  title: 'a <b>, Distribution',
  width: 500,
  trans,
  legend: [
    { sign: '■', colour: 'rgb(1, 2, 3)', words: 'baseline' },
    { sign: '■', colour: 'rgb(4, 5, 6)', words: 'current <i>' },
  ],
  figure: ({ width }) => ({ data: [{ x: [width] }], layout: { height: 250, margin: { l: 40, t: 10 }, barmode: 'x' } }),
};

describe('exportedFigure()', () => {
  it('makes room for title and legend, whose texts are never markup', () => {
    const { data, layout } = exportedFigure(chart);
    expect(data).toEqual([{ x: [500] }]);
    expect(layout).toMatchObject({
      barmode: 'x',
      width: 500,
      height: 305,
      margin: { l: 40, t: 65 },
      paper_bgcolor: '#ffffff',
      title: {
        text: '<b>a &lt;b&gt;, Distribution</b>',
        subtitle: {
          text: '<span style="color:rgb(1, 2, 3)">■</span> baseline    <span style="color:rgb(4, 5, 6)">■</span> current &lt;i&gt;',
        },
      },
    });
  });

  it('breaks a legend that is wider than the chart', () => {
    const { layout } = exportedFigure({ ...chart, width: 120 });
    expect((layout['title'] as { subtitle: { text: string } }).subtitle.text).toContain('<br>');
    expect(layout.height).toBe(322);
  });

  it('has the background of the page, so that a dark chart stays readable', () => {
    document.body.dataset['jpThemeLight'] = 'false';
    expect(exportedFigure(chart).layout['paper_bgcolor']).toBe('#12161c');
    delete document.body.dataset['jpThemeLight'];
  });
});

describe('chartImage()', () => {
  it('is the picture that plotly.js makes, PNG twice as fine', async () => {
    plotly.toImage.mockResolvedValueOnce(`data:image/png;base64,${btoa('\u0089PNG')}`);
    const png = await chartImage(chart, 'png');
    expect([png.type, png.size]).toEqual(['image/png', 4]);
    plotly.toImage.mockResolvedValueOnce('data:image/svg+xml,%3Csvg%3E%C3%BC%3C%2Fsvg%3E');
    const svg = await chartImage(chart, 'svg');
    expect(svg.type).toBe('image/svg+xml');
    expect(svg.size).toBe(new TextEncoder().encode('<svg>ü</svg>').length);
    expect(plotly.toImage.mock.calls.map(([, options]: unknown[]) => options)).toEqual([
      { format: 'png', width: 500, height: 305, scale: 2 },
      { format: 'svg', width: 500, height: 305, scale: 1 },
    ]);
  });
});
