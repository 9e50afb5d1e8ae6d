import theme from '../../../style/chart-theme.json';

/** The colours of one theme; `style/chart-theme.json` holds them, for panels and HTML reports alike. */
export type ChartColours = (typeof theme)['light'];

/** The font of all charts. */
export const chartFont: { readonly family: string; readonly size: number } = {
  family: theme.fontFamily,
  size: theme.fontSize,
};

/** The colours for the theme that the page shows now. */
export function chartColours(): ChartColours {
  return document.body.dataset['jpThemeLight'] === 'false' ? theme.dark : theme.light;
}

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/**
 * Calls `listener` whenever the page changes between light and dark; JupyterLab says so by attributes of the body, in
 * every kind of page. Returns what ends it.
 */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  if (observer === undefined) {
    observer = new MutationObserver(() => {
      for (const each of listeners) each();
    });
    observer.observe(document.body, {
      attributes: true,
      attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name'],
    });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
