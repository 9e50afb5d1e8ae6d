import { createRequire } from 'node:module';
import { type ReportBundle, reportBundle } from './bundle.js';
import type { Report } from './report.js';
import { reportText } from './terminal.js';

/** Options of {@link show}. */
export interface ShowOptions {
  /** Names the output, so that a later call can replace it. Default: none. */
  readonly displayId?: string;
  /** Replaces the output of that `displayId` where it stands, instead of showing a new one. Default: false. */
  readonly update?: boolean;
}

/**
 * Shows a report where the program runs: in a notebook as one MIME bundle (the extension draws it, elsewhere the HTML
 * table shows), in a shell as text. Tries, in this order: the tslab kernel's own display channel, tslab's public
 * `display.raw`, which takes one MIME type and so shows the HTML, Deno's `Deno.jupyter`, and the console. Only tslab's
 * own channel and Deno's honour `displayId`.
 */
export function show(report: Report, options: ShowOptions = {}): void {
  showIn(report, options, { modules: createRequire(import.meta.url).cache ?? {}, globals: globalThis });
}

/** What {@link show} finds out about its surroundings from. */
export interface Surroundings {
  /** Modules loaded by `require`, by file name. */
  readonly modules: Readonly<Record<string, { readonly exports: unknown } | undefined>>;
  readonly globals: object;
}

/** {@link show}, told where it runs. */
export function showIn(report: Report, options: ShowOptions, { modules, globals }: Surroundings): void {
  const write = kernelWriter(modules);
  if (write !== undefined) {
    const transient = options.displayId === undefined ? {} : { display_id: options.displayId };
    write({ data: reportBundle(report), metadata: {}, transient }, options.update ?? false);
    return;
  }
  const { __tslab__: tslab, Deno: deno } = globals as NotebookGlobals;
  const raw = tslab?.require?.('tslab')?.display?.raw;
  if (raw !== undefined) {
    raw('text/html', reportBundle(report)['text/html']);
    return;
  }
  if (deno?.jupyter?.display !== undefined) {
    const display = options.displayId === undefined ? {} : { display_id: options.displayId };
    // Nothing can be done here about a display that fails, and it must not end the notebook's process.
    void deno.jupyter
      .display(reportBundle(report), { raw: true, update: options.update ?? false, ...display })
      .catch(() => {});
    return;
  }
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  // biome-ignore lint/suspicious/noConsole: printing is what show() is for in a shell; nothing else in the library prints.
  console.log(reportText(report, { colour, width: process.stdout.columns ?? 100 }));
}

interface KernelMessage {
  readonly data: ReportBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}

type KernelWriter = (message: KernelMessage, update: boolean) => void;

interface NotebookGlobals {
  readonly __tslab__?: {
    require?(name: string): { readonly display?: { raw?(mime: string, content: string): void } } | undefined;
  };
  readonly Deno?: { readonly jupyter?: { display?(bundle: ReportBundle, options: object): Promise<unknown> } };
}

/**
 * The display channel of the running tslab 1.0.22: `lastWriteDisplayData` of its `dist/jupyter.js`, whichever copy of
 * tslab started the kernel. It is undocumented; the public API takes one MIME type at a time.
 */
function kernelWriter(modules: Surroundings['modules']): KernelWriter | undefined {
  const file = Object.keys(modules).find((name) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  const exported = file === undefined ? undefined : modules[file]?.exports;
  const write = (exported as { lastWriteDisplayData?: unknown } | undefined)?.lastWriteDisplayData;
  return typeof write === 'function' ? (write as KernelWriter) : undefined;
}
