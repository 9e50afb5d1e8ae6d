import type { PlotlyWidgetOptions } from '../../../jupyter-extension/src/widgets/plotly-widget.js';

const drawings = new WeakMap<Element, PlotlyWidgetOptions>();

/** Stands in for `PlotlyWidget` where a test is not about drawing: it keeps what it was made with. */
export class StandInChart {
  readonly node: HTMLElement;

  constructor(options: PlotlyWidgetOptions) {
    this.node = document.createElement('div');
    this.node.className = 'driftline-chart';
    this.node.setAttribute('role', 'img');
    this.node.setAttribute('aria-label', options.label);
    drawings.set(this.node, options);
  }

  readonly isVisible: boolean = true;
  refresh(): void {}
  look(): void {}
  purge(): void {}
  dispose(): void {}
}

/** What the chart within a part of the page was made with. */
export function chartOptions(part: Element): PlotlyWidgetOptions {
  const node = part.querySelector('.driftline-chart');
  const options = node === null ? undefined : drawings.get(node);
  if (options === undefined) throw new Error('there is no chart');
  return options;
}
