import { z } from 'zod';
import { packageVersion } from '../../version.js';
import type { Method } from '../method.js';

export const about: Method<'about'> = {
  params: z.strictObject({}),
  handle: async () => ({ version: packageVersion(), folder: process.cwd() }),
};
