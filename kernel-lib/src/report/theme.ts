/** What a colour of the charts is for; each has a value for light and for dark surroundings. */
export interface ChartColours {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly axis: string;
  readonly grid: string;
  /** Baseline and current differ in lightness as well as in hue, so that they part without colour vision. */
  readonly baseline: string;
  readonly current: string;
  readonly violated: string;
  readonly drifting: string;
  readonly ok: string;
  readonly threshold: string;
}

export interface ChartTheme {
  readonly fontFamily: string;
  /** In pixels. */
  readonly fontSize: number;
  readonly light: ChartColours;
  readonly dark: ChartColours;
}

/** The theme that HTML reports and panels share: style/chart-theme.json, which a test holds equal to this. */
export const chartTheme: ChartTheme = {
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontSize: 12,
  light: {
    background: '#ffffff',
    surface: '#f6f7f9',
    text: '#1b2330',
    muted: '#5b6676',
    axis: '#c3cad4',
    grid: '#e8ebef',
    baseline: '#a9b4c2',
    current: '#1b64b4',
    violated: '#b93815',
    drifting: '#8f5b00',
    ok: '#0f7663',
    threshold: '#b93815',
  },
  dark: {
    background: '#12161c',
    surface: '#1b2129',
    text: '#e6eaf0',
    muted: '#9fabba',
    axis: '#465160',
    grid: '#29313c',
    baseline: '#6c7a8c',
    current: '#6cb2ff',
    violated: '#ff8f6b',
    drifting: '#e3b04b',
    ok: '#4cc2a4',
    threshold: '#ff8f6b',
  },
};

/** A colour of the theme as a CSS variable, which follows the reader's light or dark mode. */
export function themed(name: keyof ChartColours): string {
  return `var(--${name})`;
}

/** The declarations of one mode's variables: `--text:#1b2330;...`. */
export function themeVariables(colours: ChartColours): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}
