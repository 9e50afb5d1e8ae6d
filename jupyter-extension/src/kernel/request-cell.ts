import type { ServeRequest } from 'driftline';

/**
 * The code that makes the kernel fulfil a request: always the same but for the request, which is one string literal. A block,
 * so that no name stays behind. The library is the one that the kernel was installed with, whatever folder it runs in.
 */
export function requestCell(request: ServeRequest): string {
  return `{
  const kernel = globalThis as any;
  const driftline = kernel.__tslab__.require(kernel.process.env.DRIFTLINE_LIBRARY ?? "driftline");
  const served = driftline.serve(${stringLiteral(JSON.stringify(request))});
  await served;
}`;
}

/** JSON's strings are TypeScript's but for two line ends. */
function stringLiteral(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
