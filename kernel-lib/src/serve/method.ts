import type { z } from 'zod';
import type { RunOptions } from '../progress.js';
import type { ServeMethods } from './contract.js';

/** How a request is checked and fulfilled. */
export interface Method<Name extends keyof ServeMethods> {
  readonly params: z.ZodType<ServeMethods[Name]['params']>;
  handle(params: ServeMethods[Name]['params'], options: RunOptions): Promise<ServeMethods[Name]['result']>;
}
