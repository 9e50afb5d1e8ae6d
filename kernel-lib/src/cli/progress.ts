import cliProgress from 'cli-progress';
import type { Progress } from '../progress.js';

/** Draws progress on standard error, on a terminal only; elsewhere it stays silent. */
export interface ProgressBar {
  readonly onProgress: (progress: Progress) => void;
  stop(): void;
}

export function progressBar(stream: NodeJS.WriteStream, quiet: boolean): ProgressBar {
  if (quiet || !stream.isTTY) return { onProgress: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar(
    {
      stream,
      format: '{stage} {bar} {percentage}%',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  );
  let running = false;
  return {
    onProgress: ({ stage, done, total }) => {
      if (total === undefined || total === 0) return;
      if (!running) {
        bar.start(total, done, { stage });
        running = true;
      }
      bar.setTotal(total);
      bar.update(done, { stage });
    },
    stop: () => {
      if (running) bar.stop();
      running = false;
    },
  };
}
