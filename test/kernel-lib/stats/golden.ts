import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Reads a golden file under test/golden/. */
export function readGolden<Golden>(path: string): Golden {
  return JSON.parse(readFileSync(new URL(`../../golden/${path}`, import.meta.url), 'utf8')) as Golden;
}

/** Expects a relative difference of at most `tolerance`; a golden 0 must be met within `tolerance` itself. */
export function expectClose(actual: number | undefined, golden: number, tolerance: number, what: string): void {
  expect(actual, what).toBeDefined();
  const difference = actual === golden ? 0 : Math.abs((actual as number) - golden);
  const relative = difference === 0 ? 0 : golden === 0 ? difference : difference / Math.abs(golden);
  expect(relative, `${what}: ${actual} for ${golden}`).toBeLessThanOrEqual(tolerance);
}
