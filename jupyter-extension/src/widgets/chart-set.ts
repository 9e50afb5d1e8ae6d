import { PlotlyWidget, type PlotlyWidgetOptions } from './plotly-widget.js';

/** The charts of one panel, which come and go with it. */
export class ChartSet {
  readonly #widgets = new Set<PlotlyWidget>();

  /** Makes a chart that belongs to the panel. */
  add(options: PlotlyWidgetOptions): PlotlyWidget {
    const widget = new PlotlyWidget(options);
    this.#widgets.add(widget);
    return widget;
  }

  /** Ends the charts that lie within `node`, before it is thrown away. */
  release(node: Node): void {
    for (const widget of this.#widgets) {
      if (!node.contains(widget.node)) continue;
      widget.dispose();
      this.#widgets.delete(widget);
    }
  }

  /** Draws the charts within `node` again: what they show has changed. */
  refresh(node: Node): void {
    for (const widget of this.#widgets) if (node.contains(widget.node)) widget.refresh();
  }

  /** The panel is back on the page. */
  look(): void {
    for (const widget of this.#widgets) widget.look();
  }

  /** The panel leaves the page: drawings are given up, and come back when it does. */
  purge(): void {
    for (const widget of this.#widgets) widget.purge();
  }

  dispose(): void {
    for (const widget of this.#widgets) widget.dispose();
    this.#widgets.clear();
  }
}
