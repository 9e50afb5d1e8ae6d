import type { SingleBar } from 'cli-progress';
import type { Progress } from '../progress.js';

/** Draws progress on standard error, on a terminal only; elsewhere it stays silent. */
export interface ProgressBar {
  readonly onProgress: (progress: Progress) => void;
  stop(): void;
}

export function progressBar(stream: NodeJS.WriteStream, quiet: boolean): ProgressBar {
  if (quiet || !stream.isTTY) return { onProgress: () => undefined, stop: () => undefined };
  let bar: SingleBar | undefined;
  let stopped = false;
  let running = false;
  void openBar(stream).then((opened) => {
    bar = opened;
  });
  return {
    onProgress: ({ stage, done, total }) => {
      if (bar === undefined || stopped || total === undefined || total === 0) return;
      if (!running) {
        bar.start(total, done, { stage });
        running = true;
      }
      bar.setTotal(total);
      bar.update(done, { stage });
    },
    stop: () => {
      if (running) bar?.stop();
      running = false;
      stopped = true;
    },
  };
}

async function openBar(stream: NodeJS.WriteStream): Promise<SingleBar> {
  const { default: cliProgress } = await import('cli-progress');
  return new cliProgress.SingleBar(
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
}
