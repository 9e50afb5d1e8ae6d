import picocolors from 'picocolors';
import type { RunOptions } from '../progress.js';
import { withoutControls } from '../report/html-template.js';
import { progressBar } from './progress.js';

/** What the commands know of the terminal: where to write, how wide and whether in colour, and how to be stopped. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /** Columns of standard output. */
  readonly width: number;
  readonly colour: boolean;
  /** Signal and progress for a long call; `quiet` leaves progress out. */
  run(quiet: boolean): RunOptions;
  /** Takes the progress bar away, before a result or an error is written. */
  stop(): void;
}

export function processTerminal(): Terminal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  let bar = progressBar(process.stderr, true);
  return {
    out: (text) => void process.stdout.write(text),
    // Messages quote names and lines of the data, which must not act on the terminal.
    error: (text) => void process.stderr.write(withoutControls(text)),
    width: process.stdout.columns ?? 100,
    colour: picocolors.isColorSupported && process.stdout.isTTY === true,
    run: (quiet) => {
      bar = progressBar(process.stderr, quiet);
      return { signal: controller.signal, onProgress: bar.onProgress };
    },
    stop: () => bar.stop(),
  };
}
