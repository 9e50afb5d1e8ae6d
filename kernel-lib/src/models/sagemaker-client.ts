import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { MonitorError } from '../errors.js';
import { quietly } from '../storage/aws-quiet.js';
import { quoted } from './endpoint-address.js';
import { EndpointFailure, statusFailure } from './endpoint-failure.js';
import type { EndpointAnswer, EndpointRequest, EndpointTransport } from './endpoint-model.js';
import { retryAfterMs } from './endpoint-retry.js';
import type { EndpointSettings } from './endpoint-settings.js';
import type { SagemakerAddress } from './sagemaker-model.js';

/**
 * Requests to an endpoint of SageMaker by the AWS SDK, whose own retries are off. `AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME` names
 * another service with the same interface.
 *
 * @param shown - the address as it may be shown.
 * @throws MonitorError `CONFIGURATION` where no region is said.
 */
export async function openSagemakerTransport(
  shown: string,
  address: SagemakerAddress,
  { concurrency, timeoutMs }: Pick<EndpointSettings, 'concurrency' | 'timeoutMs'>,
): Promise<EndpointTransport> {
  const agent = { keepAlive: true, maxSockets: concurrency };
  const client = quietly(
    () =>
      new SageMakerRuntimeClient({
        requestHandler: new NodeHttpHandler({
          httpAgent: new HttpAgent(agent),
          httpsAgent: new HttpsAgent(agent),
          connectionTimeout: Math.min(timeoutMs, 10_000),
        }),
        maxAttempts: 1,
      }),
  );
  try {
    await client.config.region();
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', 'In which AWS region the endpoint is, is not said.', {
      where: shown,
      fix: 'set AWS_REGION, or AWS_PROFILE to a profile with a region',
      cause,
    });
  }
  return new SagemakerTransport(shown, address, client);
}

class SagemakerTransport implements EndpointTransport {
  readonly shown: string;
  readonly secrets: readonly string[] = [];
  readonly #address: SagemakerAddress;
  readonly #client: SageMakerRuntimeClient;

  constructor(shown: string, address: SagemakerAddress, client: SageMakerRuntimeClient) {
    this.shown = shown;
    this.#address = address;
    this.#client = client;
  }

  async send({ body, contentType, acceptType, signal }: EndpointRequest): Promise<EndpointAnswer> {
    const { endpoint, variant, targetModel, inferenceComponent } = this.#address;
    const command = new InvokeEndpointCommand({
      EndpointName: endpoint,
      Body: new TextEncoder().encode(body),
      ContentType: contentType,
      Accept: acceptType,
      ...(variant !== undefined && { TargetVariant: variant }),
      ...(targetModel !== undefined && { TargetModel: targetModel }),
      ...(inferenceComponent !== undefined && { InferenceComponentName: inferenceComponent }),
    });
    try {
      const { Body, ContentType } = await this.#client.send(command, { abortSignal: signal });
      return { text: new TextDecoder().decode(Body), type: ContentType };
    } catch (error) {
      if (signal.aborted) throw error;
      throw await this.#failure(error as SagemakerFailure);
    }
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  async #failure(error: SagemakerFailure): Promise<EndpointFailure> {
    const { name = '', $metadata, $response } = error;
    if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return noCredentials();
    const status = $metadata?.httpStatusCode;
    const endpoint = this.#address.endpoint;
    if (status === undefined) return unreachable(error);
    if (name === 'ModelError') return modelFailure(error);
    if (
      /^(?:AccessDenied|ExpiredToken|UnrecognizedClient|InvalidSignature|IncompleteSignature)/.test(name) ||
      status === 403
    ) {
      return new EndpointFailure(`SageMaker does not let these credentials ask "${endpoint}" (${name})`, {
        passing: false,
        fix: 'allow sagemaker:InvokeEndpoint, or renew the credentials, or choose others with AWS_PROFILE',
      });
    }
    if (name === 'ValidationError' || name === 'ValidationException') {
      return new EndpointFailure(`SageMaker refuses the request: ${await this.#reason(error)}`, {
        passing: false,
        fix: 'check the endpoint’s name, AWS_REGION, and the variant',
      });
    }
    const waitMs = retryAfterMs($response?.headers?.['retry-after'], Date.now());
    // The SDK's names of a throttled request come with status 400 too.
    return statusFailure(/Throttl|TooManyRequests|ModelNotReady/.test(name) ? 429 : status, name, waitMs);
  }

  async #reason({ message = '', name = '' }: SagemakerFailure): Promise<string> {
    const credentials = await this.#client.config.credentials().catch(() => undefined);
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = credentials ?? {};
    return quoted(message || name, [accessKeyId, secretAccessKey, sessionToken]).replace(/\.$/, '');
  }
}

interface SagemakerFailure {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** The model's container failed; SageMaker says so with 424, whatever the container's own status. */
function modelFailure({
  OriginalStatusCode: status = 500,
  OriginalMessage: message = '',
}: SagemakerFailure): EndpointFailure {
  const { passing, fix } = statusFailure(status, '');
  const said = quoted(message, []);
  return new EndpointFailure(`The model’s container answered ${status}${said ? `: ${said}` : ''}`, { passing, fix });
}

function noCredentials(): EndpointFailure {
  return new EndpointFailure('No AWS credentials were found', {
    passing: false,
    fix: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in (aws sso login)',
  });
}

function unreachable({ code, name = '' }: SagemakerFailure): EndpointFailure {
  return new EndpointFailure(`SageMaker cannot be reached (${code ?? name})`, {
    passing: code !== 'ENOTFOUND',
    fix: 'check the network, AWS_REGION and AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME',
  });
}
