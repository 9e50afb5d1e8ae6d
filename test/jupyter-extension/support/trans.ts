import type { TranslationBundle } from '@jupyterlab/translation';

function fill(text: string, values: readonly unknown[]): string {
  return text.replace(/%(\d+)/g, (_, position: string) => String(values[Number(position) - 1]));
}

/** The untranslated texts, with their placeholders filled as JupyterLab does. */
export const trans = {
  __: (text: string, ...values: unknown[]) => fill(text, values),
  _n: (one: string, many: string, count: number, ...values: unknown[]) =>
    fill(count === 1 ? one : many, [count, ...values]),
} as unknown as TranslationBundle;
