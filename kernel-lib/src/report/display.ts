import { createRequire } from 'node:module';

/** Values by MIME type: a notebook shows the richest that it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** How a bundle is sent. */
export interface SendOptions {
  /** The MIME type to send where only one can be. */
  readonly single: string;
  /** Names the output, so that a later call can replace it. */
  readonly displayId?: string | undefined;
  /** Replaces the output of that `displayId`. Default: false. */
  readonly update?: boolean | undefined;
}

/** Sends a bundle to the notebook, as an output of the cell that was running when the sender was found. */
export type SendBundle = (bundle: MimeBundle, options: SendOptions) => void;

/** What tells whether the program runs in a notebook. */
export interface Surroundings {
  /** Modules loaded by `require`, by file name. */
  readonly modules: Readonly<Record<string, { readonly exports: unknown } | undefined>>;
  readonly globals: object;
}

/** Where this program runs. */
export function surroundings(): Surroundings {
  return { modules: createRequire(import.meta.url).cache ?? {}, globals: globalThis };
}

/**
 * The way to the notebook that runs the program; undefined outside of one. Tries, in this order: the tslab kernel's own
 * display channel, tslab's public `display.raw`, which takes one MIME type, and Deno's `Deno.jupyter`. Only tslab's own
 * channel and Deno's honour `displayId`.
 */
export function notebookDisplay({ modules, globals }: Surroundings): SendBundle | undefined {
  const write = kernelWriter(modules);
  if (write !== undefined) {
    return (data, { displayId, update = false }) =>
      write({ data, metadata: {}, transient: displayId === undefined ? {} : { display_id: displayId } }, update);
  }
  const { __tslab__: tslab, Deno: deno } = globals as NotebookGlobals;
  const raw = tslab?.require?.('tslab')?.display?.raw;
  if (raw !== undefined) return (bundle, { single }) => raw(single, bundle[single]);
  const jupyter = deno?.jupyter;
  if (jupyter?.display === undefined) return undefined;
  return (bundle, { displayId, update = false }) => {
    const named = displayId === undefined ? {} : { display_id: displayId };
    // Nothing can be done here about a display that fails, and it must not end the notebook's process.
    void jupyter.display?.(bundle, { raw: true, update, ...named }).catch(() => {});
  };
}

interface KernelMessage {
  readonly data: MimeBundle;
  readonly metadata: object;
  readonly transient: { readonly display_id?: string };
}

type KernelWriter = (message: KernelMessage, update: boolean) => void;

interface NotebookGlobals {
  readonly __tslab__?: {
    require?(name: string): { readonly display?: { raw?(mime: string, content: unknown): void } } | undefined;
  };
  readonly Deno?: { readonly jupyter?: { display?(bundle: MimeBundle, options: object): Promise<unknown> } };
}

/**
 * The display channel of the running tslab 1.0.22: `lastWriteDisplayData` of its `dist/jupyter.js`, of whichever loaded copy
 * of tslab runs the kernel. It is undocumented; the public API takes one MIME type at a time.
 */
function kernelWriter(modules: Surroundings['modules']): KernelWriter | undefined {
  for (const [file, module] of Object.entries(modules)) {
    if (!/[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(file)) continue;
    const write = (module?.exports as { lastWriteDisplayData?: unknown } | undefined)?.lastWriteDisplayData;
    if (typeof write === 'function') return write as KernelWriter;
  }
  return undefined;
}
