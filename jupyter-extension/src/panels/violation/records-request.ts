import type { RecordsResult, RecordsSort, RowFilter, ServeMethods } from 'driftline';
import type { DriftlineKernel } from '../../kernel/driftline-kernel.js';

type RecordsParams = ServeMethods['records']['params'];

/** Whose records are read. */
export type RecordsOf = Pick<RecordsParams, 'project' | 'monitor' | 'scheduledTime' | 'violation' | 'segment'>;

/** The page that is wanted. */
export interface WantedPage {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: RecordsSort;
  readonly filters: readonly RowFilter[];
}

/** What came of asking for a page. */
export type RecordsAnswer =
  | { readonly kind: 'page'; readonly wanted: WantedPage; readonly result: RecordsResult }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a {@link RecordsReader} tells. */
export interface RecordsListener {
  /** A page is being read; how far that has come is the kernel's state. */
  reading(): void;
  answered(answer: RecordsAnswer): void;
}

/**
 * Reads pages of records through the kernel, one at a time: while one is being read, only the page that was wanted last is
 * read next.
 */
export class RecordsReader {
  readonly #kernel: DriftlineKernel;
  readonly #of: RecordsOf;
  readonly #title: string;
  readonly #listener: RecordsListener;
  readonly #closed: AbortSignal;
  #cancelling: AbortController | undefined;
  #next: WantedPage | undefined;

  /** @param title - what is being done, for people. */
  constructor(kernel: DriftlineKernel, of: RecordsOf, title: string, listener: RecordsListener, closed: AbortSignal) {
    this.#kernel = kernel;
    this.#of = of;
    this.#title = title;
    this.#listener = listener;
    this.#closed = closed;
    closed.addEventListener('abort', () => this.cancel());
  }

  read(wanted: WantedPage): void {
    this.#next = wanted;
    if (this.#cancelling === undefined) void this.#work();
  }

  cancel(): void {
    this.#next = undefined;
    this.#cancelling?.abort();
  }

  async #work(): Promise<void> {
    for (let wanted = this.#take(); wanted !== undefined; wanted = this.#take()) {
      const cancelling = new AbortController();
      this.#cancelling = cancelling;
      this.#listener.reading();
      const answer = await this.#request(wanted, cancelling.signal);
      this.#cancelling = undefined;
      // A page that nobody waits for any more is not shown.
      if (!this.#closed.aborted && this.#next === undefined) this.#listener.answered(answer);
    }
  }

  #take(): WantedPage | undefined {
    const next = this.#closed.aborted ? undefined : this.#next;
    this.#next = undefined;
    return next;
  }

  async #request(wanted: WantedPage, signal: AbortSignal): Promise<RecordsAnswer> {
    const { sort, filters, offset, limit } = wanted;
    const params = { ...this.#of, offset, limit, filters: [...filters], ...(sort && { sort }) };
    try {
      const result = await this.#kernel.request('records', params, { title: this.#title, signal });
      return { kind: 'page', wanted, result };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }
}
