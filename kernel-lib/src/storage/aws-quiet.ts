/**
 * Runs `make`, which makes a client of the AWS SDK, without the warning that the SDK prints about releases to come that
 * will need a newer Node: ours is pinned, and a library does not print. The SDK asks this variable at the first client and
 * never again.
 */
export function quietly<T>(make: () => T): T {
  const variable = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[variable];
  process.env[variable] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  }
}
