import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorState, MonitorStateKind } from 'driftline/browser';
import { element } from './element.js';
import { markIcon, statusIcon, type Tone } from './status-mark.js';

const ring = 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.500a5.500 5.500 0 1 1 0 11A5.500 5.500 0 0 1 8 2.500z';

/** Shape as well as colour tells the states apart; those of a tone of their own have its shape. */
const marks: Readonly<Record<MonitorStateKind, { readonly tone: Tone; readonly shape?: string }>> = {
  violations: { tone: 'violated' },
  failed: {
    tone: 'drifting',
    shape:
      'M5 1h6l4 4v6l-4 4H5l-4-4V5zm.600 3.600-1 1L7 8l-2.400 2.400 1 1L8 9l2.400 2.400 1-1L9 8l2.400-2.400-1-1L8 7z',
  },
  stopped: { tone: 'quiet', shape: `${ring}M5.500 5.500h5v5h-5z` },
  'no-data': { tone: 'quiet', shape: `${ring}M11.200 3.700l1.100 1.100-7.500 7.500-1.100-1.100z` },
  ok: { tone: 'ok' },
  decided: { tone: 'ok', shape: `${ring}M7 10.800 4.200 8l1-1L7 8.700l3.800-3.800 1 1z` },
  paused: { tone: 'quiet', shape: `${ring}M5.750 5h1.500v6h-1.500zm3 0h1.500v6h-1.500z` },
  'never-run': { tone: 'quiet', shape: `${ring}M7.250 4h1.500v3.700l2.500 2.500-1.050 1.050L7.250 8.300z` },
  'not-configured': {
    tone: 'quiet',
    shape: `${ring}M7.250 4.750h1.500v2.500h2.500v1.500h-2.500v2.500h-1.500v-2.500h-2.500v-1.500h2.500z`,
  },
};

/** An icon for a monitor's state; the words beside it carry the meaning. */
export function stateIcon(kind: MonitorStateKind): HTMLElement {
  const { tone, shape } = marks[kind];
  return shape === undefined ? statusIcon(tone) : markIcon(shape, tone);
}

/** Icon and words of a monitor's state. */
export function stateMark(kind: MonitorStateKind, words: string): HTMLElement {
  return element('span', { class: `driftline-status driftline-${marks[kind].tone}` }, stateIcon(kind), words);
}

/** A monitor's state in the words that the command line has too: "6 violations", "2 accepted", "no data". */
export function stateText(
  { kind, violations, accepted, muted }: Omit<MonitorState, 'sentence'>,
  trans: TranslationBundle,
): string {
  switch (kind) {
    case 'violations':
      return trans._n('%1 violation', '%1 violations', violations);
    case 'decided':
      if (muted === 0) return trans.__('%1 accepted', accepted);
      return accepted === 0 ? trans.__('%1 muted', muted) : trans.__('%1 accepted or muted', accepted + muted);
    default:
      return kindText(kind, trans);
  }
}

/** A kind of state in words: "violations", "accepted or muted", "no data". */
export function kindText(kind: MonitorStateKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'violations':
      return trans.__('violations');
    case 'decided':
      return trans.__('accepted or muted');
    case 'ok':
      return trans.__('no violations');
    case 'failed':
      return trans.__('failed');
    case 'stopped':
      return trans.__('stopped');
    case 'no-data':
      return trans.__('no data');
    case 'paused':
      return trans.__('paused');
    case 'never-run':
      return trans.__('never run');
    case 'not-configured':
      return trans.__('not configured');
  }
}
