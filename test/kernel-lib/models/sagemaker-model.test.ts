import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import type { EndpointOptions } from '../../../kernel-lib/src/models/endpoint-settings.js';
import type { ModelAnswer, ModelConfig } from '../../../kernel-lib/src/models/model.js';
import { openModel } from '../../../kernel-lib/src/models/open-model.js';
import { PartialAnswersError } from '../../../kernel-lib/src/models/partial-answers.js';
import { parseSagemakerAddress } from '../../../kernel-lib/src/models/sagemaker-model.js';
import { type ModelReply, type ModelServer, startModelServer } from '../../support/model-server.js';
import { steadyClock } from '../../support/steady-clock.js';

const ACCESS_KEY = 'AKIATESTTESTTESTTEST';
const environment = {
  AWS_ACCESS_KEY_ID: ACCESS_KEY,
  AWS_SECRET_ACCESS_KEY: 'the-secret-of-the-test',
  AWS_SESSION_TOKEN: 'the-token-of-the-test',
  AWS_REGION: 'eu-central-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PROFILE: undefined,
  AWS_DEFAULT_REGION: undefined,
};
const before = { ...process.env };

/** The interface of SageMaker's runtime at the loopback address: what its documentation says of requests and errors. */
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
beforeEach(() => {
  setEnvironment({ ...environment, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: server.origin });
});
afterEach(() => {
  server.reset();
  setEnvironment(Object.fromEntries(Object.keys(process.env).map((name) => [name, before[name]])));
});
afterAll(() => server.stop());

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

const rows = [
  [1, 'a,b'],
  [2, null],
  [3, 'c'],
];

async function ask(uri: string, options: EndpointOptions = {}, config?: ModelConfig): Promise<readonly ModelAnswer[]> {
  const model = await openModel(uri, { config, endpoint: { clock: steadyClock(), ...options } });
  try {
    return await model.predict(['x', 'y'], rows);
  } finally {
    await model.close?.();
  }
}

async function refused(promise: Promise<unknown>): Promise<MonitorError> {
  return promise.then(
    () => expect.unreachable(),
    (error: MonitorError) => error,
  );
}

/** An error as the service's REST-JSON protocol has it. */
function failure(status: number, type: string, fields: object = {}): ModelReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
    body: JSON.stringify(fields),
  };
}

describe('an endpoint of SageMaker', () => {
  it('is sent signed requests, and answers in the type it names', async () => {
    server.reply = () => ({ headers: { 'content-type': 'text/csv' }, body: '0.1\n0.2\n0.3' });
    expect(await ask('sagemaker://census-income')).toEqual([0.1, 0.2, 0.3]);
    const [{ method, url, headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect([method, url, body]).toEqual(['POST', '/endpoints/census-income/invocations', '1,"a,b"\n2,\n3,c']);
    expect(headers).toMatchObject({ 'content-type': 'text/csv', accept: 'text/csv' });
    expect(headers['authorization']).toContain(`Credential=${ACCESS_KEY}/`);
    expect(headers['authorization']).toContain('/eu-central-1/sagemaker/aws4_request');
  });

  it('is asked for a variant, a model or a component where the address has one', async () => {
    server.reply = () => ({ headers: { 'content-type': 'application/json' }, body: '[1, 2, 3]' });
    expect(await ask('sagemaker://income?variant=blue&target-model=model-7.tar.gz')).toEqual([1, 2, 3]);
    await ask('sagemaker://income?inference-component=second');
    expect(server.requests[0]!.headers).toMatchObject({
      'x-amzn-sagemaker-target-variant': 'blue',
      'x-amzn-sagemaker-target-model': 'model-7.tar.gz',
    });
    expect(server.requests[1]!.headers).toMatchObject({ 'x-amzn-sagemaker-inference-component': 'second' });
  });

  it('is asked in JSON Lines as the configuration says', async () => {
    server.reply = ({ body }) => ({ body: body.replace(/.+/g, '{"score":0.5,"predicted_label":1}') });
    const predictor = {
      content_type: 'application/jsonlines',
      content_template: '{"features":$features}',
      probability: 'score',
    };
    expect(await ask('sagemaker://income', {}, { predictor })).toEqual([0.5, 0.5, 0.5]);
    expect(server.requests[0]!.body.split('\n')[0]).toBe('{"features":[1,"a,b"]}');
  });

  it.each<readonly [string, ModelReply]>([
    ['throttled', failure(400, 'ThrottlingException', { message: 'Rate exceeded' })],
    ['unavailable', failure(503, 'ServiceUnavailable', { Message: 'later' })],
    ['at fault', failure(500, 'InternalFailure')],
    ['not ready', failure(429, 'ModelNotReadyException')],
    ['cut off', 'drop'],
    [
      'with a container that is at fault',
      failure(424, 'ModelError', { OriginalStatusCode: 503, OriginalMessage: 'busy' }),
    ],
  ])('is asked again when it is %s, by one rule', async (_state, reply) => {
    server.reply = (_request, index) => (index < 2 ? reply : { body: '1\n2\n3' });
    const clock = steadyClock();
    expect(await ask('sagemaker://income', { clock })).toEqual([1, 2, 3]);
    expect(server.requests).toHaveLength(3);
    expect(clock.pauses).toEqual([100, 200]);
  });

  it.each<readonly [ModelReply, string, string]>([
    [
      failure(400, 'ValidationError', { Message: 'Endpoint income of account 111122223333 not found.' }),
      'SageMaker refuses the request: Endpoint income of account 111122223333 not found. 0 of 3',
      'the endpoint’s name, AWS_REGION',
    ],
    [
      failure(403, 'AccessDeniedException', { message: `User: ${ACCESS_KEY} is not authorized` }),
      'SageMaker does not let these credentials ask "income" (AccessDeniedException). 0 of 3',
      'sagemaker:InvokeEndpoint',
    ],
    [
      failure(403, 'ExpiredTokenException', { message: 'The security token included in the request is expired' }),
      'SageMaker does not let these credentials ask "income" (ExpiredTokenException). 0 of 3',
      'renew the credentials',
    ],
    [
      failure(424, 'ModelError', { OriginalStatusCode: 415, OriginalMessage: 'no \u001b CSV' }),
      'The model’s container answered 415: no CSV. 0 of 3',
      'predictor.content_type',
    ],
    [
      failure(400, 'ValidationError', { Message: `bad ${ACCESS_KEY} the-token-of-the-test` }),
      'SageMaker refuses the request: bad … …. 0 of 3',
      'variant',
    ],
  ])('is not asked again where that is no use: %j', async (reply, what, fix) => {
    server.reply = () => reply;
    const error = await refused(ask('sagemaker://income'));
    expect([error.code, error.where]).toEqual(['MODEL', 'sagemaker://income']);
    expect(error.what).toContain(what);
    expect(error.fix).toContain(fix);
    expect(server.requests).toHaveLength(1);
    expect([error.message, String(error.cause)].join()).not.toMatch(/AKIA|the-secret|the-token/);
  });

  it('that says nothing is given up after its time, with what was answered until then', async () => {
    server.reply = (_request, index) => (index === 0 ? { body: '0.5' } : 'silence');
    const options = { batchRows: 1, concurrency: 1, timeoutMs: 80, maxAttempts: 2 };
    const error = await refused(ask('sagemaker://income', options));
    expect(error.what).toBe('The endpoint did not answer within 0.08 s, after 2 tries. 1 of 3 rows were answered.');
    expect((error as PartialAnswersError).answers).toEqual([0.5]);
    expect(error).toBeInstanceOf(PartialAnswersError);
  });

  it('is refused without a region, and without credentials', async () => {
    setEnvironment({ AWS_REGION: undefined });
    expect(await refused(ask('sagemaker://income'))).toMatchObject({
      code: 'CONFIGURATION',
      what: 'In which AWS region the endpoint is, is not said.',
      where: 'sagemaker://income',
      fix: 'set AWS_REGION, or AWS_PROFILE to a profile with a region',
    });
    setEnvironment({ ...environment, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    const error = await refused(ask('sagemaker://income'));
    expect(error.what).toBe('No AWS credentials were found. 0 of 3 rows were answered.');
    expect(server.requests).toHaveLength(0);
  });
});

describe('parseSagemakerAddress()', () => {
  it('takes a name, with or without what it has', () => {
    expect(parseSagemakerAddress('sagemaker://My-Endpoint-1')).toEqual({ endpoint: 'My-Endpoint-1' });
    expect(parseSagemakerAddress('sagemaker://e/?variant=AllTraffic')).toEqual({
      endpoint: 'e',
      variant: 'AllTraffic',
    });
  });

  it.each([
    'sagemaker://',
    'sagemaker://-a',
    'sagemaker://a_b',
    'sagemaker://a/b',
    `sagemaker://${'a'.repeat(64)}`,
    'sagemaker://a?varient=b',
    'sagemaker://a?variant=',
    'sagemaker://a?toString=b',
  ])('refuses %s', (uri) => {
    expect(() => parseSagemakerAddress(uri)).toThrow(/^This is no endpoint of SageMaker\.\n {2}at: .*\n {2}fix: write/);
  });
});
