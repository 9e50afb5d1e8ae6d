/** The part of plotly.js that the one importing file uses. */
declare module 'plotly.js-cartesian-dist-min' {
  export interface PlotlyHost extends HTMLElement {
    on?(event: 'plotly_click', handler: (event: { points: readonly { customdata?: unknown }[] }) => void): void;
    on?(event: 'plotly_relayout', handler: (change: Readonly<Record<string, unknown>>) => void): void;
  }
  interface Plotly {
    react(host: PlotlyHost, data: readonly object[], layout: object, config: object): Promise<unknown>;
    purge(host: PlotlyHost): void;
    /** A data URL. */
    toImage(
      figure: { readonly data: readonly object[]; readonly layout: object; readonly config: object },
      options: {
        readonly format: 'png' | 'svg';
        readonly width: number;
        readonly height: number;
        readonly scale: number;
      },
    ): Promise<string>;
  }
  const plotly: Plotly;
  // biome-ignore lint/style/noDefaultExport: plotly.js exports itself so.
  export default plotly;
}

declare module '*/chart-theme.json' {
  type Name = 'text' | 'muted' | 'axis' | 'grid' | 'background' | 'surface';
  type Role = 'baseline' | 'current' | 'violated' | 'drifting' | 'ok' | 'threshold';
  type Colours = Readonly<Record<Name | Role, string>>;
  const theme: {
    readonly fontFamily: string;
    readonly fontSize: number;
    readonly light: Colours;
    readonly dark: Colours;
  };
  // biome-ignore lint/style/noDefaultExport: a JSON module has nothing else.
  export default theme;
}

declare module '*/package.json' {
  const manifest: { readonly version: string };
  // biome-ignore lint/style/noDefaultExport: a JSON module has nothing else.
  export default manifest;
}
