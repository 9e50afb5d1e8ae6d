import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import type { EndpointOptions } from '../../../kernel-lib/src/models/endpoint-settings.js';
import type { ModelAnswer, ModelConfig } from '../../../kernel-lib/src/models/model.js';
import { openModel } from '../../../kernel-lib/src/models/open-model.js';
import { PartialAnswersError } from '../../../kernel-lib/src/models/partial-answers.js';
import type { RunOptions } from '../../../kernel-lib/src/progress.js';
import { type ModelReply, type ModelServer, startModelServer } from '../../support/model-server.js';
import { steadyClock } from '../../support/steady-clock.js';

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());
afterEach(() => {
  server.reset();
  for (const name of Object.keys(process.env)) if (name.startsWith('DRIFTLINE_MODEL_')) delete process.env[name];
});

const rowsOf = (count: number): number[][] => Array.from({ length: count }, (_, index) => [index, 2 * index]);
/** Answers the first cell of each row. */
const first = ({ body }: { readonly body: string }): ModelReply => ({
  body: body
    .split('\n')
    .map((line) => line.split(',')[0])
    .join('\n'),
});

async function ask(
  rows: readonly (readonly (number | string | null)[])[],
  options: EndpointOptions & { readonly config?: ModelConfig; readonly uri?: string } & RunOptions = {},
): Promise<readonly ModelAnswer[]> {
  const { config, uri = `${server.origin}/invocations`, signal, onProgress, ...endpoint } = options;
  const model = await openModel(uri, { config, endpoint: { clock: steadyClock(), ...endpoint } });
  return model.predict(['a', 'b'], rows, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}

async function refused(promise: Promise<unknown>): Promise<MonitorError> {
  return promise.then(
    () => expect.unreachable(),
    (error: MonitorError) => error,
  );
}

describe('an HTTP endpoint', () => {
  it('is sent rows of CSV by POST, and its answers come in the order of the rows', async () => {
    server.reply = first;
    expect(await ask(rowsOf(3))).toEqual([0, 1, 2]);
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/invocations', body: '0,0\n1,2\n2,4' });
    expect(request!.headers).toMatchObject({ 'content-type': 'text/csv', accept: 'text/csv' });
    expect(server.requests).toHaveLength(1);
  });

  it('is asked nothing for no rows', async () => {
    expect(await ask([])).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it('is asked with the templates of the configuration, and read with its expressions', async () => {
    server.reply = ({ body }) => {
      const { instances } = JSON.parse(body) as { readonly instances: { readonly a: number }[] };
      return { body: JSON.stringify({ predictions: instances.map(({ a }) => ({ p: [1 - a / 10, a / 10] })) }) };
    };
    const predictor = {
      content_type: 'application/json',
      content_template: '{"instances":$records}',
      record_template: '$features_kvp',
      probability: 'predictions[*].p',
      label_headers: ['no', 1],
    };
    const model = await openModel(`${server.origin}/`, { config: { predictor } });
    expect(model.outputs).toEqual(['no', '1']);
    expect(
      await model.predict(
        ['a', 'b'],
        [
          [1, 'x'],
          [5, null],
        ],
      ),
    ).toEqual([
      [0.9, 0.1],
      [0.5, 0.5],
    ]);
    expect(JSON.parse(server.requests[0]!.body)).toEqual({
      instances: [
        { a: 1, b: 'x' },
        { a: 5, b: null },
      ],
    });
    expect(server.requests[0]!.headers).toMatchObject({ accept: 'application/json' });
  });

  it('gets one row a request with $record', async () => {
    server.reply = ({ body }) => ({ body: `{"score":${JSON.parse(body)[0]}}` });
    const predictor = {
      content_type: 'application/json',
      content_template: '$record',
      record_template: '$features',
      probability: 'score',
    };
    expect(await ask(rowsOf(5), { config: { predictor } })).toEqual([0, 1, 2, 3, 4]);
    expect(server.requests).toHaveLength(5);
  });

  it('gets at most so many rows and bytes a request, however the answers overtake each other', async () => {
    let waiting: (() => void)[] = [];
    server.reply = async (request, index) => {
      if (index % 2 === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else {
        for (const go of waiting) go();
        waiting = [];
      }
      return first(request);
    };
    const seen: number[] = [];
    const answers = await ask(rowsOf(100), {
      batchRows: 10,
      concurrency: 2,
      onProgress: ({ done, total }) => seen.push(done, total!),
    });
    expect(answers).toEqual(rowsOf(100).map(([value]) => value));
    expect(server.requests.map(({ body }) => body.split('\n').length)).toEqual(new Array(10).fill(10));
    expect(seen.slice(-2)).toEqual([100, 100]);
    server.reset();
    server.reply = first;
    await ask(rowsOf(100), { batchBytes: 50 });
    const sizes = server.requests.map(({ body }) => Buffer.byteLength(body));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(40);
    expect(server.requests.flatMap(({ body }) => body.split('\n'))).toHaveLength(100);
  });

  it('never has more requests under way than it may', async () => {
    let under = 0;
    let most = 0;
    server.reply = async (request) => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 5));
      under--;
      return first(request);
    };
    await ask(rowsOf(12), { batchRows: 1, concurrency: 3 });
    expect(most).toBe(3);
  });

  it('gets no more requests, and no more rows, a second than it may', async () => {
    const clock = steadyClock();
    await ask(rowsOf(5), { batchRows: 1, concurrency: 1, requestsPerSecond: 4, clock });
    expect(clock.pauses).toEqual([250, 250, 250, 250]);
    const rows = steadyClock();
    await ask(rowsOf(6), { batchRows: 2, concurrency: 1, rowsPerSecond: 10, clock: rows });
    expect(rows.pauses).toEqual([200, 200]);
  });

  it('refuses a row that alone is too large, naming it', async () => {
    const error = await refused(
      ask(
        [
          [1, 2],
          ['x'.repeat(200), 2],
        ],
        { batchBytes: 100 },
      ),
    );
    expect(error).toMatchObject({
      code: 'MODEL',
      what: 'A request with this row alone has 203 bytes; 100 are allowed.',
      where: `${server.origin}/invocations, row 2`,
    });
  });
});

describe('an endpoint that fails', () => {
  it.each([408, 429, 500, 502, 503, 504])('with %i is asked again after growing pauses', async (status) => {
    server.reply = (request, index) => (index < 3 ? { status, body: 'busy' } : first(request));
    const clock = steadyClock();
    expect(await ask(rowsOf(2), { clock })).toEqual([0, 1]);
    expect(clock.pauses).toEqual([100, 200, 400]);
  });

  it('is waited for as long as it asks', async () => {
    server.reply = (request, index) =>
      index === 0 ? { status: 429, headers: { 'retry-after': '7' }, body: '' } : first(request);
    const clock = steadyClock();
    await ask(rowsOf(1), { clock });
    expect(clock.pauses).toEqual([7000]);
  });

  it('is not waited for longer than two minutes', async () => {
    server.reply = () => ({ status: 503, headers: { 'retry-after': '3600' }, body: '' });
    const error = await refused(ask(rowsOf(2)));
    expect(error.what).toBe('The endpoint answered 503, and asks to wait 3600 s. 0 of 2 rows were answered.');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [400, 'content_template'],
    [401, 'DRIFTLINE_MODEL_HEADERS'],
    [403, 'DRIFTLINE_MODEL_HEADERS'],
    [404, 'check the address'],
    [413, 'DRIFTLINE_MODEL_BATCH_ROWS'],
    [415, 'predictor.content_type'],
  ])('with %i is not asked again', async (status, fix) => {
    server.reply = () => ({ status, body: '{"error":\n"bad \u001b[31mcolumn"}' });
    const error = await refused(ask(rowsOf(2)));
    expect(error.code).toBe('MODEL');
    expect(error.what).toBe(`The endpoint answered ${status}: {"error": "bad [31mcolumn"}. 0 of 2 rows were answered.`);
    expect(error.where).toBe(`${server.origin}/invocations`);
    expect(error.fix).toContain(fix);
    expect(server.requests).toHaveLength(1);
  });

  it('half-way gives what was answered until then along with the error', async () => {
    server.reply = (request) => (request.body.startsWith('6,') ? { status: 500, body: 'no memory' } : first(request));
    const error = await refused(ask(rowsOf(10), { batchRows: 2, concurrency: 1, maxAttempts: 3 }));
    expect(error).toBeInstanceOf(PartialAnswersError);
    expect((error as PartialAnswersError).answers).toEqual([0, 1, 2, 3, 4, 5]);
    expect(error.message).toBe(
      [
        'The endpoint answered 500: no memory, after 3 tries. 6 of 10 rows were answered.',
        `  at: ${server.origin}/invocations`,
        '  fix: check the endpoint’s own log, then run again',
      ].join('\n'),
    );
    expect(server.requests).toHaveLength(6);
  });

  it('half-way is told after the answers that were on their way have come', async () => {
    server.reply = async (request, index) => {
      if (request.body.startsWith('2,')) return { status: 400, body: 'bad' };
      await new Promise((resolve) => setTimeout(resolve, 40));
      return index < 3 ? first(request) : { status: 503, body: '' };
    };
    const error = await refused(ask(rowsOf(20), { batchRows: 2, concurrency: 3 }));
    expect(error.what).toBe('The endpoint answered 400: bad. 2 of 20 rows were answered.');
    expect((error as PartialAnswersError).answers).toEqual([0, 1]);
    expect(server.requests).toHaveLength(3);
  });

  it('by saying nothing is given up after its time, and named', async () => {
    server.reply = (request, index) => (index === 0 ? first(request) : 'silence');
    const error = await refused(ask(rowsOf(4), { batchRows: 2, concurrency: 1, timeoutMs: 60, maxAttempts: 2 }));
    expect(error.what).toBe('The endpoint did not answer within 0.06 s, after 2 tries. 2 of 4 rows were answered.');
    expect(error.fix).toContain('DRIFTLINE_MODEL_TIMEOUT_MS');
    expect((error as PartialAnswersError).answers).toEqual([0, 1]);
  });

  it.each<readonly [string, ModelReply]>([
    ['before it answers', 'drop'],
    ['within its answer', { body: '0\n1', cutAt: 2 }],
  ])('by ending the connection %s is asked again', async (_when, fault) => {
    server.reply = (request, index) => (index < 2 ? fault : first(request));
    expect(await ask(rowsOf(2))).toEqual([0, 1]);
    server.reset();
    server.reply = () => fault;
    const error = await refused(ask(rowsOf(2), { maxAttempts: 2 }));
    expect(error.what).toMatch(/^The connection to the endpoint broke off \(.+\), after 2 tries\. 0 of 2 rows/);
  });

  it('by not being there is named', async () => {
    const absent = await startModelServer();
    await absent.stop();
    const error = await refused(ask(rowsOf(2), { uri: absent.origin, maxAttempts: 2 }));
    expect(error.what).toBe('The endpoint cannot be reached (ECONNREFUSED), after 2 tries. 0 of 2 rows were answered.');
    expect(error.where).toBe(absent.origin);
  });

  it('at a port that requests are not made to is named', async () => {
    const error = await refused(ask(rowsOf(2), { uri: 'http://127.0.0.1:1/x' }));
    expect(error.what).toMatch(/^Requests to this port are not made: .*\(WHATWG Fetch, bad ports\)\. 0 of 2 rows/);
  });

  it('by not speaking TLS is not asked again', async () => {
    const error = await refused(ask(rowsOf(2), { uri: server.origin.replace('http:', 'https:') }));
    expect(error.what).toMatch(/^The endpoint does not speak TLS as asked \(\w+\)\. 0 of 2 rows were answered\.$/);
    expect(error.fix).toContain('http:// or https://');
  });

  it.each<readonly [string, string]>([
    ['<html>\u0007Sign in</html>\n', 'It answered: <html> Sign in</html>'],
    ['0.5', 'The endpoint answered 1 rows for 2. It answered: 0.5'],
    ['', 'The endpoint answered 0 rows for 2. It answered: nothing'],
  ])('by answering %j is not believed', async (body, what) => {
    server.reply = () => ({ body });
    const error = await refused(ask(rowsOf(2)));
    expect([error.code, error.where]).toEqual(['MODEL', `${server.origin}/invocations`]);
    expect(error.what).toContain(what);
    expect(error.fix).toContain('predictor.accept_type');
    expect(server.requests).toHaveLength(1);
  });

  it('by answering rows of different lengths, or other ones than there are names for, is not believed', async () => {
    server.reply = () => ({ body: '0.5,0.5\n1' });
    expect((await refused(ask(rowsOf(2)))).what).toBe('The endpoint answered 2 numbers for row 1, and 1 for row 2.');
    server.reply = () => ({ body: '0.5,0.5\n1,0' });
    const config = { predictor: { label_headers: ['a', 'b', 'c'] } };
    expect((await refused(ask(rowsOf(2), { config }))).what).toBe(
      'The endpoint answers 2 numbers a row; predictor.label_headers has 3 names.',
    );
  });

  it('by answering without end is cut off', async () => {
    const piece = '0.5\n'.repeat(2 ** 18);
    server.reply = () => ({ body: piece.repeat(65) });
    const error = await refused(ask(rowsOf(2)));
    expect(error.what).toBe('The answer is larger than 64 MB. 0 of 2 rows were answered.');
  });

  it('by redirecting is not followed', async () => {
    const other = await startModelServer();
    server.reply = () => ({ status: 307, headers: { location: `${other.origin}/v2?token=abcdef` }, body: '' });
    const error = await refused(ask(rowsOf(2)));
    expect(error.what).toBe(
      `The endpoint answered 307, a redirect to ${other.origin}/v2?…. 0 of 2 rows were answered.`,
    );
    expect(other.requests).toHaveLength(0);
    await other.stop();
  });
});

describe('stopping', () => {
  it('ends requests under way, and asks nothing more', async () => {
    const controller = new AbortController();
    server.reply = (request, index) => {
      if (index < 2) return first(request);
      controller.abort();
      return 'silence';
    };
    const error = await refused(ask(rowsOf(10), { batchRows: 1, concurrency: 1, signal: controller.signal }));
    expect(error.code).toBe('ABORTED');
    expect(server.requests).toHaveLength(3);
    expect((await refused(ask(rowsOf(1), { signal: controller.signal }))).code).toBe('ABORTED');
    expect(server.requests).toHaveLength(3);
  });

  it('ends a pause', async () => {
    const controller = new AbortController();
    server.reply = () => ({ status: 503, headers: { 'retry-after': '100' }, body: '' });
    const model = await openModel(server.origin);
    const answers = model.predict(['a'], [[1]], { signal: controller.signal });
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect((await refused(answers)).code).toBe('ABORTED');
  });
});

describe('credentials', () => {
  const secret = 'pa55/w%rd';
  const withUser = (): string => server.origin.replace('//', `//ada:${encodeURIComponent(secret)}@`);

  it('in the address become basic authentication, those of the environment come first', async () => {
    await ask(rowsOf(1), { uri: `${withUser()}/x?key=tok3n-value` });
    expect(server.requests[0]).toMatchObject({ url: '/x?key=tok3n-value' });
    expect(server.requests[0]!.headers['authorization']).toBe(
      `Basic ${Buffer.from(`ada:${secret}`).toString('base64')}`,
    );
    process.env['DRIFTLINE_MODEL_HEADERS'] = 'Authorization: Bearer s3cret-token\nX-Tenant: blue\n';
    await ask(rowsOf(1), { uri: withUser() });
    expect(server.requests[1]!.headers).toMatchObject({ authorization: 'Bearer s3cret-token', 'x-tenant': 'blue' });
  });

  it('are in no message, even if the endpoint repeats them', async () => {
    process.env['DRIFTLINE_MODEL_HEADERS'] = 'X-Api-Key: s3cret-token';
    const uri = `${withUser()}/x?key=tok3n-value`;
    server.reply = ({ headers, url }) => ({
      status: 400,
      body: `${headers['authorization']} ${headers['x-api-key']} ${url} ${secret} ${encodeURIComponent(secret)}`,
    });
    const shown = await refused(ask(rowsOf(1), { uri }));
    server.reply = ({ headers, url }) => ({ body: `${headers['x-api-key']} ${url}` });
    const garbage = await refused(ask(rowsOf(1), { uri }));
    const absent = await refused(ask(rowsOf(1), { uri: 'http://ada:pa55w%25rd@127.0.0.1:1/x', maxAttempts: 1 }));
    for (const error of [shown, garbage, absent]) {
      const text = [error.message, error.stack, String(error.cause)].join('\n');
      expect(text).not.toMatch(/s3cret|tok3n|pa55|YWRh/);
    }
    expect(shown.where).toBe(`${server.origin}/x?…`);
    expect(shown.what).toContain('The endpoint answered 400: … … /x?key=… … …. 0 of 1 rows');
  });

  it.each([
    ['Authorization', 1],
    ['X-A: b\nContent-Type: text/plain', 2],
    ['X-A: b\n: c', 2],
    ['X A: tok3n', 1],
    ['X-A: tok3n\u0001', 1],
  ])('in headers that are wrong (%j) are refused by their line, not shown', async (headers, line) => {
    process.env['DRIFTLINE_MODEL_HEADERS'] = headers;
    const error = await refused(ask(rowsOf(1)));
    expect([error.code, error.where]).toEqual(['CONFIGURATION', `DRIFTLINE_MODEL_HEADERS, line ${line}`]);
    expect(error.message).not.toContain('tok3n');
  });
});

describe('settings', () => {
  it('come from the environment', async () => {
    process.env['DRIFTLINE_MODEL_BATCH_ROWS'] = '2';
    await ask(rowsOf(5));
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ['BATCH_ROWS', '0', 'give a whole number from 1'],
    ['TIMEOUT_MS', '1e9', 'give a whole number from 1 to 300000'],
    ['REQUESTS_PER_SECOND', 'ten', 'give a number above 0'],
  ])('out of their range are refused: %s=%s', async (name, value, fix) => {
    process.env[`DRIFTLINE_MODEL_${name}`] = value;
    expect(await refused(ask(rowsOf(1)))).toMatchObject({
      code: 'CONFIGURATION',
      what: `DRIFTLINE_MODEL_${name} is "${value}".`,
      fix,
    });
  });

  it('need an address', async () => {
    expect(await refused(openModel('https://ada:pa55@exa mple/x?key=1'))).toMatchObject({
      code: 'USAGE',
      where: 'https://exa mple/x',
    });
    expect(await refused(openModel('https://example.org/x?…'))).toMatchObject({
      code: 'USAGE',
      what: 'The values of this address’s query were not kept.',
    });
  });
});
