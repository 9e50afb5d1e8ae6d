import type { ReadSummary } from '../capture/summary.js';
import type { ProfileState } from './profile-file.js';

/** The lines of a local file that begin in bytes [start, end); to the file's end when `end` is undefined. */
export interface FilePiece {
  readonly path: string;
  /** The place to name in messages. */
  readonly uri: string;
  readonly start: number;
  readonly end: number | undefined;
}

/** What one thread does at a time: pieces of one captured hour, in file order. */
export interface CaptureTask {
  readonly pieces: readonly FilePiece[];
}

/** What became of a task. Plain data: it crosses threads. */
export interface TaskResult {
  readonly profile: ProfileState;
  /** One a piece. Line numbers count from the piece's first line. */
  readonly pieces: readonly { readonly lines: number; readonly read: ReadSummary }[];
}

/** Part of a file or several files, before it is known where they lie on disk. */
export interface PlannedPiece {
  /** Index of the object within its hour. */
  readonly object: number;
  readonly start: number;
  readonly end: number | undefined;
}

/** Bytes a task reads: enough to outweigh handing over its result, little enough to keep all threads busy. */
const TASK_BYTES = 64 * 1024 * 1024;

/**
 * Cuts an hour's objects into tasks. Depends on their sizes alone, and never on the number of threads, so that the
 * merged result does not either.
 */
export function planTasks(sizes: readonly number[], taskBytes: number = TASK_BYTES): PlannedPiece[][] {
  const tasks: PlannedPiece[][] = [];
  let pieces: PlannedPiece[] = [];
  let room = taskBytes;
  const close = (): void => {
    if (pieces.length > 0) tasks.push(pieces);
    pieces = [];
    room = taskBytes;
  };
  sizes.forEach((size, object) => {
    let start = 0;
    while (size - start > room) {
      if (room > 0) pieces.push({ object, start, end: start + room });
      start += room;
      close();
    }
    pieces.push({ object, start, end: undefined });
    room -= size - start;
  });
  close();
  return tasks;
}
