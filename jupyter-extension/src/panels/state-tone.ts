import type { MonitorStateKind } from 'driftline/browser';
import type { Tone } from '../widgets/status-mark.js';

/** The sign and colour of a monitor's state; the words beside it carry the meaning. */
export function stateTone(kind: MonitorStateKind): Tone {
  const tones: Readonly<Record<MonitorStateKind, Tone>> = {
    ok: 'ok',
    violations: 'violated',
    decided: 'ok',
    failed: 'drifting',
    stopped: 'drifting',
    'no-data': 'quiet',
    paused: 'quiet',
    'never-run': 'quiet',
    'not-configured': 'quiet',
  };
  return tones[kind];
}
