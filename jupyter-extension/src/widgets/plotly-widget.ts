import type { TranslationBundle } from '@jupyterlab/translation';
import type { PlotlyHost } from 'plotly.js-cartesian-dist-min';
import type { ChartStyle, Figure } from '../charts/figure.js';
import { fromPlotTime } from '../charts/plot-time.js';
import { panelSettings } from '../settings/panel-settings.js';
import { chartColours, onThemeChange } from './chart-colours.js';
import { element } from './element.js';

export interface PlotlyWidgetOptions {
  /** What the chart shows, in words, for those who do not see it. */
  readonly label: string;
  readonly figure: (style: ChartStyle) => Figure;
  readonly trans: TranslationBundle;
  /** Called with the `customdata` of a mark that was clicked. */
  readonly onClick?: (customdata: unknown) => void;
  /** Called with the part of the time axis that was chosen by dragging, in ISO times. */
  readonly onBrush?: (from: string, to: string) => void;
  /** Called after every drawing. */
  readonly onDrawn?: () => void;
}

/** Pixels, where the page cannot say. */
const widthUnknown = 600;
const configuration = { displaylogo: false, displayModeBar: false, responsive: false, doubleClick: false } as const;
const drawn = new Set<PlotlyWidget>();

panelSettings.changed.connect((_holder, names) => {
  if (names.includes('chartLimit')) giveUpHidden();
});

/**
 * One chart. It is drawn when it comes into view and not before, follows the width of its place and the page's theme,
 * and gives its memory back on {@link purge}. plotly.js itself is fetched at the first drawing.
 */
export class PlotlyWidget {
  readonly node: HTMLElement;
  readonly #options: PlotlyWidgetOptions;
  readonly #host: PlotlyHost;
  readonly #endThemes: () => void;
  readonly #views: IntersectionObserver | undefined;
  readonly #sizes: ResizeObserver | undefined;
  #visible = false;
  #stale = true;
  #width = 0;
  /** One drawing at a time: what changes meanwhile is drawn after it. */
  #busy = false;
  #attempt = 0;
  #frame = 0;

  constructor(options: PlotlyWidgetOptions) {
    this.#options = options;
    this.#host = element('div', { class: 'driftline-chart-host' });
    this.node = element('div', { class: 'driftline-chart', role: 'img', 'aria-label': options.label }, this.#host);
    this.node.style.minHeight = `${this.#figure(widthUnknown).layout.height}px`;
    this.#endThemes = onThemeChange(() => this.refresh());
    if (typeof IntersectionObserver === 'undefined') {
      this.#visible = true;
      this.#later();
    } else {
      this.#views = new IntersectionObserver((entries) => {
        this.#visible = entries.at(-1)?.isIntersecting ?? false;
        if (this.#visible) this.#later();
      });
      this.#views.observe(this.node);
    }
    if (typeof ResizeObserver !== 'undefined') {
      this.#sizes = new ResizeObserver(() => {
        if (this.#host.clientWidth !== this.#width) this.refresh();
      });
      this.#sizes.observe(this.node);
    }
  }

  get isVisible(): boolean {
    return this.#visible;
  }

  /** Draws again, now or when it next comes into view. */
  refresh(): void {
    this.#stale = true;
    if (this.#visible) this.#later();
  }

  /** Looks again whether it is in view: after the page moved it without scrolling. */
  look(): void {
    this.#views?.unobserve(this.node);
    this.#views?.observe(this.node);
  }

  /** Gives up the drawing; it comes back when it is next in view. */
  purge(): void {
    this.#attempt += 1;
    this.#stale = true;
    if (!drawn.delete(this)) return;
    delete this.node.dataset['drawn'];
    void import('plotly.js-cartesian-dist-min').then(({ default: plotly }) => {
      if (!drawn.has(this)) plotly.purge(this.#host);
    });
  }

  dispose(): void {
    this.#views?.disconnect();
    this.#sizes?.disconnect();
    this.#endThemes();
    this.#visible = false;
    cancelAnimationFrame(this.#frame);
    this.purge();
  }

  #figure(width: number): Figure {
    return this.#options.figure({ colours: chartColours(), width, trans: this.#options.trans });
  }

  /** Draws in the next frame, when the page has been laid out. */
  #later(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#update());
  }

  #update(): void {
    if (!this.#visible || !this.#stale || this.#busy) return;
    // Without a width yet: the page is being laid out, or its style sheets are being exchanged.
    if (this.#sizes !== undefined && this.#host.clientWidth === 0) {
      this.#later();
      return;
    }
    this.#busy = true;
    this.#draw()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#busy = false;
        if (this.#stale && this.#visible) this.#later();
      });
  }

  async #draw(): Promise<void> {
    this.#stale = false;
    const attempt = this.#attempt;
    const { default: plotly } = await import(/* webpackChunkName: "plotly" */ 'plotly.js-cartesian-dist-min');
    if (attempt !== this.#attempt) return;
    this.#width = this.#host.clientWidth;
    const width = this.#width || widthUnknown;
    const { data, layout } = this.#figure(width);
    const first = !drawn.has(this);
    drawn.add(this);
    await plotly.react(this.#host, data, { ...layout, width }, configuration);
    if (attempt !== this.#attempt) return;
    this.node.style.minHeight = `${layout.height}px`;
    this.node.dataset['drawn'] = 'true';
    if (first) this.#listen();
    this.#options.onDrawn?.();
    giveUpHidden();
  }

  #listen(): void {
    const { onClick, onBrush } = this.#options;
    if (onClick !== undefined) {
      this.#host.on?.('plotly_click', ({ points }) => onClick(points[0]?.customdata));
    }
    if (onBrush === undefined) return;
    this.#host.on?.('plotly_relayout', (change) => {
      const ends = ['xaxis.range[0]', 'xaxis.range[1]'].map((name) => fromPlotTime(String(change[name] ?? '')));
      const [from, to] = ends;
      if (from === undefined || to === undefined) return;
      // Whoever heard it decides what is shown: the drawing goes back to that.
      this.refresh();
      onBrush(from, to);
    });
  }

  #fail(error: unknown): void {
    const { trans } = this.#options;
    drawn.delete(this);
    const reason = error instanceof Error ? error.message : String(error);
    this.#host.replaceChildren(trans.__('The chart could not be drawn (%1). The table has the same numbers.', reason));
  }
}

/** Beyond the limit, charts scrolled out of sight are given up, the oldest drawing first. */
function giveUpHidden(): void {
  for (const widget of drawn) {
    if (drawn.size <= panelSettings.current.chartLimit) return;
    if (!widget.isVisible) widget.purge();
  }
}
