import { MonitorError, type MonitorErrorCode } from '../errors.js';

/** What was asked of S3 when it failed. */
export interface S3Request {
  /** As IAM names it: `s3:GetObject`. */
  readonly action: string;
  readonly uri: string;
  readonly endpoint: string;
  readonly maxAttempts: number;
  /** Undefined when none were found. */
  readonly credentials: S3Credentials | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** The SDK's own note where they came from: feature names. */
  readonly $source?: object;
}

const refused = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidToken',
  'TokenRefreshRequired',
  'InvalidSecurity',
  'NotSignedUp',
  'UnrecognizedClientException',
]);
const wrongRegion = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The SDK's features that name a source of credentials, as people know them. */
const sources: readonly (readonly [RegExp, string])[] = [
  [/ENV_VARS_STS/, 'the web identity token that environment variables name'],
  [/ENV_VARS/, 'environment variables'],
  [/PROFILE_STS|STS_ASSUME_ROLE$|NAMED_PROVIDER/, 'a role that the profile assumes'],
  [/SSO/, 'single sign-on'],
  [/PROCESS/, 'the profile’s credential process'],
  [/PROFILE/, 'the profile'],
  [/IMDS/, 'the instance’s role'],
  [/HTTP/, 'the container’s role'],
  [/WEB_ID/, 'a web identity token'],
];

/** Where credentials came from and the last four characters of their access key id: all that may be shown of them. */
function describeCredentials(credentials: S3Credentials): string {
  const features = Object.keys(credentials.$source ?? {}).join(' ');
  const source = sources.find(([pattern]) => pattern.test(features))?.[1] ?? 'the credential chain';
  const profile = source.includes('profile') ? ` "${process.env['AWS_PROFILE'] || 'default'}"` : '';
  return `the access key ending in ${credentials.accessKeyId.slice(-4)}, from ${source}${profile}`;
}

/**
 * What went wrong at S3, as a `MonitorError`. Nothing in it, its cause included, holds an access key id, a secret or a
 * token, whatever the service put into its answer.
 */
export function s3Error(error: unknown, request: S3Request): MonitorError {
  if (error instanceof MonitorError) return error;
  const failure = error as S3Failure;
  if (request.signal?.aborted) {
    return new MonitorError('ABORTED', 'Stopped before it was finished.', { cause: request.signal.reason });
  }
  const [code, what, fix] = explain(failure, request);
  const reason = maskSecrets(`${failure.name}: ${failure.message}`, request.credentials);
  return new MonitorError(code, maskSecrets(what, request.credentials), {
    where: request.uri,
    fix,
    cause: new Error(reason),
  });
}

interface S3Failure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

type Explanation = readonly [MonitorErrorCode, string, string];

function explain(failure: S3Failure, request: S3Request): Explanation {
  const name = failure.name ?? '';
  const status = failure.$metadata?.httpStatusCode;
  return (
    explainCredentials(failure, name, request) ??
    explainPlace(failure, name, status, request) ??
    explainService(failure, name, status, request)
  );
}

function explainCredentials(failure: S3Failure, name: string, request: S3Request): Explanation | undefined {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const profile = process.env['AWS_PROFILE'];
    return [
      'S3_CREDENTIALS',
      profile ? `No AWS credentials were found; AWS_PROFILE is "${profile}".` : 'No AWS credentials were found.',
      'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in (aws sso login)',
    ];
  }
  const whose = request.credentials ? describeCredentials(request.credentials) : 'the credentials';
  if (name === 'RequestTimeTooSkewed') {
    return ['S3_CREDENTIALS', `S3 did not accept ${whose}: the clocks differ.`, 'set this machine’s clock'];
  }
  if (refused.has(name)) {
    const reason = /Expired/.test(name)
      ? 'they have expired'
      : name === 'SignatureDoesNotMatch'
        ? 'the secret does not belong to this access key'
        : name === 'InvalidAccessKeyId'
          ? 'there is no such access key'
          : name;
    return [
      'S3_CREDENTIALS',
      `S3 did not accept ${whose}: ${reason}.`,
      'renew them, or choose others with AWS_PROFILE',
    ];
  }
  if (name === 'InvalidObjectState') {
    return ['FILE_NOT_READABLE', 'This object is archived.', 'restore it from its storage class first'];
  }
  if (failure.$metadata?.httpStatusCode === 403 && !wrongRegion.has(name)) {
    const kms = /kms/i.test(failure.message ?? '');
    return [
      'S3_ACCESS_DENIED',
      `${request.action} is not allowed for ${whose}${kms ? ', or its KMS key is not' : ''}.`,
      kms
        ? 'allow kms:Decrypt and kms:GenerateDataKey on the key'
        : `allow ${request.action} here, or use other credentials`,
    ];
  }
  return undefined;
}

function explainPlace(
  failure: S3Failure,
  name: string,
  status: number | undefined,
  request: S3Request,
): Explanation | undefined {
  const bucket = request.uri.split('/')[2] ?? '';
  if (name === 'NoSuchBucket') {
    return [
      'S3_BUCKET_NOT_FOUND',
      `There is no bucket "${bucket}" at ${request.endpoint}.`,
      'check the name, and AWS_ENDPOINT_URL_S3 where the service is not AWS',
    ];
  }
  if (wrongRegion.has(name) || status === 301) {
    const region = failure.Region ?? failure.$response?.headers?.['x-amz-bucket-region'];
    return [
      'S3_BUCKET_NOT_FOUND',
      `The bucket "${bucket}" is in another region${region ? `: ${region}` : ''}.`,
      `set AWS_REGION${region ? `=${region}` : ' to the bucket’s region'}`,
    ];
  }
  if (status === 404 || name === 'NoSuchKey' || name === 'NotFound') {
    return ['FILE_NOT_FOUND', 'There is no such object.', 'check the address'];
  }
  // 409: two conditional writes at the same moment.
  if (status === 412 || (status === 409 && name === 'ConditionalRequestConflict')) {
    return ['S3_OBJECT_CHANGED', 'This object was replaced meanwhile.', 'run again'];
  }
  return undefined;
}

function explainService(failure: S3Failure, name: string, status: number | undefined, request: S3Request): Explanation {
  const { endpoint, maxAttempts } = request;
  const tries = `after ${maxAttempts} tries`;
  if (unreachable.has(failure.code ?? '')) {
    return [
      'S3_UNAVAILABLE',
      `${endpoint} cannot be reached (${failure.code}).`,
      'check the network, AWS_REGION and AWS_ENDPOINT_URL_S3',
    ];
  }
  if (name === 'TimeoutError' || failure.code === 'ETIMEDOUT') {
    return [
      'S3_UNAVAILABLE',
      `${endpoint} did not answer in time, ${tries}.`,
      'try again later, or raise DRIFTLINE_S3_TIMEOUT_MS',
    ];
  }
  if (status === 503 || status === 429 || name === 'SlowDown') {
    return [
      'S3_UNAVAILABLE',
      `${endpoint} asks for fewer requests (${name}), ${tries}.`,
      'try again later, or lower DRIFTLINE_S3_CONCURRENCY',
    ];
  }
  const what = status ? `answered ${status} ${name}` : `broke off (${failure.code ?? failure.message ?? name})`;
  return ['S3_UNAVAILABLE', `${endpoint} ${what}, ${tries}.`, 'try again later, and check that this is an S3 service'];
}

/** Leaves the last four characters of an access key id, and of secrets nothing. */
function maskSecrets(text: string, credentials: S3Credentials | undefined): string {
  if (credentials === undefined) return text;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  let masked = text.replaceAll(accessKeyId, `…${accessKeyId.slice(-4)}`);
  for (const secret of [secretAccessKey, sessionToken]) if (secret) masked = masked.replaceAll(secret, '…');
  return masked;
}
