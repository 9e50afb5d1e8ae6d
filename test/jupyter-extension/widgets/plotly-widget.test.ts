// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings, panelSettings } from '../../../jupyter-extension/src/settings/panel-settings.js';
import { PlotlyWidget } from '../../../jupyter-extension/src/widgets/plotly-widget.js';
import { trans } from '../support/trans.js';

const plotly = vi.hoisted(() => ({ react: vi.fn(async () => undefined), purge: vi.fn() }));
vi.mock('plotly.js-cartesian-dist-min', () => ({ default: plotly }));

/** Lets a test say what is in view. */
class Views {
  static readonly all: Views[] = [];
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell;
    Views.all.push(this);
  }
  show(isIntersecting: boolean): void {
    this.#tell([{ isIntersecting }]);
  }
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const made: PlotlyWidget[] = [];
function chart(): { widget: PlotlyWidget; views: Views } {
  const widget = new PlotlyWidget({
    label: 'A chart of things',
    trans,
    figure: ({ colours }) => ({ data: [{ colour: colours.current }], layout: { height: 200 } }),
  });
  made.push(widget);
  return { widget, views: Views.all.at(-1)! };
}
const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 80));

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Views);
  vi.clearAllMocks();
});
afterEach(async () => {
  for (const widget of made.splice(0)) widget.dispose();
  await settle();
  vi.unstubAllGlobals();
});

describe('PlotlyWidget', () => {
  it('says what it shows and keeps its place before it is drawn', () => {
    const { widget } = chart();
    expect(widget.node.getAttribute('role')).toBe('img');
    expect(widget.node.getAttribute('aria-label')).toBe('A chart of things');
    expect(widget.node.style.minHeight).toBe('200px');
  });

  it('draws when it comes into view and not before, once', async () => {
    const { widget, views } = chart();
    await settle();
    expect(plotly.react).not.toHaveBeenCalled();
    views.show(true);
    views.show(true);
    await settle();
    expect(plotly.react).toHaveBeenCalledTimes(1);
    expect(widget.node.dataset['drawn']).toBe('true');
  });

  it('draws again in the colours of a new theme: at once in view, else when it comes into view', async () => {
    const seen = chart();
    const hidden = chart();
    // One after the other: of two imports at the same time, vitest gives the mock to the first only.
    seen.views.show(true);
    await settle();
    hidden.views.show(true);
    await settle();
    hidden.views.show(false);
    document.body.dataset['jpThemeLight'] = 'false';
    await settle();
    expect(plotly.react).toHaveBeenCalledTimes(3);
    expect(plotly.react).toHaveBeenLastCalledWith(
      expect.anything(),
      [{ colour: '#6cb2ff' }],
      expect.anything(),
      expect.anything(),
    );
    hidden.views.show(true);
    await settle();
    expect(plotly.react).toHaveBeenCalledTimes(4);
    delete document.body.dataset['jpThemeLight'];
  });

  it('gives its drawing back when it leaves the page, and draws again when it returns', async () => {
    const { widget, views } = chart();
    views.show(true);
    await settle();
    widget.purge();
    await settle();
    expect(plotly.purge).toHaveBeenCalledTimes(1);
    views.show(true);
    await settle();
    expect(plotly.react).toHaveBeenCalledTimes(2);
  });

  it('keeps as many drawings as the settings say, and gives up those out of sight', async () => {
    for (let index = 0; index < defaultSettings.chartLimit + 3; index++) {
      const { views } = chart();
      views.show(true);
      await settle();
      views.show(false);
    }
    expect(plotly.purge).toHaveBeenCalledTimes(3);
    panelSettings.set({ chartLimit: defaultSettings.chartLimit - 1 });
    await settle();
    expect(plotly.purge).toHaveBeenCalledTimes(4);
    panelSettings.set({});
  });

  it('says so when it cannot draw, and points to the table', async () => {
    plotly.react.mockRejectedValueOnce(new Error('no canvas'));
    const { widget, views } = chart();
    views.show(true);
    await settle();
    expect(widget.node.textContent).toBe('The chart could not be drawn (no canvas). The table has the same numbers.');
  });

  it('tells what part of the time axis was dragged over, in ISO times, and draws what is to be shown again', async () => {
    const heard: string[][] = [];
    const onDrawn = vi.fn();
    const widget = new PlotlyWidget({
      label: 'Over time',
      trans,
      figure: () => ({ data: [], layout: { height: 200 } }),
      onBrush: (from, to) => heard.push([from, to]),
      onDrawn,
    });
    made.push(widget);
    const handlers = new Map<string, (change: Record<string, unknown>) => void>();
    const host = widget.node.querySelector('.driftline-chart-host')!;
    Object.assign(host, { on: (name: string, handler: never) => handlers.set(name, handler) });
    Views.all.at(-1)!.show(true);
    await settle();
    expect(onDrawn).toHaveBeenCalledTimes(1);
    handlers.get('plotly_relayout')?.({
      'xaxis.range[0]': '2026-03-04 06:00:00.5',
      'xaxis.range[1]': '2026-03-05',
    });
    handlers.get('plotly_relayout')?.({ 'xaxis.autorange': true });
    expect(heard).toEqual([['2026-03-04T06:00:00.000Z', '2026-03-05T00:00:00.000Z']]);
    await settle();
    expect(plotly.react).toHaveBeenCalledTimes(2);
  });
});
