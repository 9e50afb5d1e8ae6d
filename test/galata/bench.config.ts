import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/** `npm run bench -- --only panels`: the same browser, other files. */
export default defineConfig({ ...base, testDir: 'bench', testMatch: '*.bench.ts', timeout: 300_000 });
