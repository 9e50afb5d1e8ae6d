import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCheckHook } from '../../kernel-lib/src/hooks/check-hook.js';
import { loadHook } from '../../kernel-lib/src/hooks/load-hook.js';
import type { RecordHook } from '../../kernel-lib/src/hooks/record-hook.js';
import { ProfileBuilder } from '../../kernel-lib/src/profile/profile-builder.js';

const page = readFileSync(new URL('../../docs/hooks.md', import.meta.url), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'driftline-hooks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The example of the page that begins with its own file name. */
function example(name: string): string {
  const source = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].find(([, code]) => code!.startsWith(`// ${name}\n`))![1]!;
  const file = path.join(folder, name);
  writeFileSync(file, source);
  return file;
}

function ages(...values: number[]) {
  const builder = new ProfileBuilder();
  for (const value of values) builder.addRow(['age'], [String(value)]);
  return builder.finish();
}

describe('docs/hooks.md', () => {
  it('has a record hook that drops load tests and adds a column', async () => {
    const hook = await loadHook<RecordHook>(example('record-hook.ts'));
    const part = { data: '', encoding: 'CSV', contentType: 'text/csv', rows: [{ 'hours-per-week': '42' }] };
    const record = (customAttributes: Record<string, string>) => ({
      eventMetadata: { eventId: 'a', inferenceId: undefined, inferenceTime: undefined, customAttributes },
      input: part,
      output: { ...part, rows: [{ probability: '0.5' }] },
      groundTruth: { ...part, rows: [] },
    });
    expect(hook(record({ 'load-test': 'true' }))).toBeNull();
    expect(hook(record({}))).toEqual({ probability: '0.5', 'hours-per-week': '42', 'hours-per-day': 6 });
  });

  it('has a check hook that finds a mean that moved', async () => {
    const file = example('check-hook.ts');
    expect(await runCheckHook(file, ages(30, 40), ages(34, 36))).toEqual([]);
    expect(await runCheckHook(file, ages(30, 50), ages(34, 36))).toMatchObject([
      { feature: 'age', check: 'custom_check', measured: 5, limit: 2 },
    ]);
  });
});
