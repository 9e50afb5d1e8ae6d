import { MonitorError } from '../../errors.js';
import type { RunOptions } from '../../progress.js';
import type { ServeMethods } from '../contract.js';
import type { Method } from '../method.js';
import { about } from './about.js';
import { check } from './check.js';
import { compare } from './compare.js';
import { create } from './create.js';
import { inspect } from './inspect.js';
import { read } from './read.js';
import { records } from './records.js';
import { run } from './run.js';

/** All methods, by name. */
const methods: { readonly [Name in keyof ServeMethods]: Method<Name> } = {
  about,
  run,
  check,
  compare,
  records,
  read,
  inspect,
  create,
};

/**
 * Calls a method by name, when its parameters are as they should be.
 *
 * @throws MonitorError `USAGE` with every problem of the request, and what the method throws.
 */
export async function callMethod(name: string, params: unknown, options: RunOptions): Promise<unknown> {
  if (!Object.hasOwn(methods, name)) {
    throw new MonitorError('USAGE', `There is no method "${name}".`, {
      fix: `use one of: ${Object.keys(methods).join(', ')}; or install the same version of driftline for the kernel and for JupyterLab`,
    });
  }
  return call(methods[name as keyof ServeMethods], params, options);
}

async function call<Name extends keyof ServeMethods>(
  method: Method<Name>,
  params: unknown,
  options: RunOptions,
): Promise<unknown> {
  const result = method.params.safeParse(params ?? {});
  if (result.success) return method.handle(result.data, options);
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'params'}: ${message}`);
  throw new MonitorError('USAGE', `The request is not as it should be. ${problems.join('; ')}`, {
    fix: 'send the parameters that the method takes',
  });
}
