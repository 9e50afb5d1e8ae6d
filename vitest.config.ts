import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: Object.fromEntries(
      ['browser', 'browser-files'].map((name) => [
        `driftline/${name}`,
        fileURLToPath(new URL(`kernel-lib/src/${name}.ts`, import.meta.url)),
      ]),
    ),
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/galata/**'],
    env: { TZ: 'UTC' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
