import { MonitorError } from '../errors.js';
import { type EndpointAnswer, type EndpointRequest, type EndpointTransport, endpointModel } from './endpoint-model.js';
import { type EndpointOptions, type EndpointSettings, endpointSettings } from './endpoint-settings.js';
import type { Model, ModelConfig } from './model.js';

/** An endpoint of SageMaker, as an address names it. */
export interface SagemakerAddress {
  readonly endpoint: string;
  /** The production variant; by default SageMaker shares requests out among them. */
  readonly variant?: string;
  /** The model of a multi-model endpoint. */
  readonly targetModel?: string;
  readonly inferenceComponent?: string;
}

/**
 * A model behind an endpoint of SageMaker: `sagemaker://ENDPOINT`, with `?variant=NAME`, `?target-model=NAME` or
 * `?inference-component=NAME` where there are several. Region and credentials come from the standard chain, the AWS SDK is
 * loaded at the first request.
 *
 * @throws MonitorError `USAGE` for what is no such address, `CONFIGURATION` for templates that are wrong.
 */
export function sagemakerModel(uri: string, config: ModelConfig | undefined, options: EndpointOptions = {}): Model {
  const settings = endpointSettings(options);
  return endpointModel(new LazySagemakerTransport(uri, settings), config, settings);
}

class LazySagemakerTransport implements EndpointTransport {
  readonly shown: string;
  readonly secrets: readonly string[] = [];
  readonly #address: SagemakerAddress;
  readonly #settings: EndpointSettings;
  #opened: Promise<EndpointTransport> | undefined;

  constructor(uri: string, settings: EndpointSettings) {
    this.shown = uri;
    this.#address = parseSagemakerAddress(uri);
    this.#settings = settings;
  }

  async send(request: EndpointRequest): Promise<EndpointAnswer> {
    this.#opened ??= import('./sagemaker-client.js').then(({ openSagemakerTransport }) =>
      openSagemakerTransport(this.shown, this.#address, this.#settings),
    );
    return (await this.#opened).send(request);
  }

  async close(): Promise<void> {
    const transport = await this.#opened?.catch(() => undefined);
    await transport?.close();
  }
}

const parameters = { variant: 'variant', 'target-model': 'targetModel', 'inference-component': 'inferenceComponent' };

/** @throws MonitorError `USAGE` for another form. */
export function parseSagemakerAddress(uri: string): SagemakerAddress {
  const [, endpoint = '', query = ''] =
    /^sagemaker:\/\/([A-Za-z0-9](?:-*[A-Za-z0-9]){0,62})\/?(?:\?(.*))?$/i.exec(uri) ?? [];
  const given = [...new URLSearchParams(query)];
  const strange = given.some(([key, value]) => !Object.hasOwn(parameters, key) || value === '');
  if (endpoint === '' || strange) {
    throw new MonitorError('USAGE', 'This is no endpoint of SageMaker.', {
      where: uri,
      fix: `write sagemaker://ENDPOINT, its own name of letters, digits and hyphens, with ?${Object.keys(parameters).join('=, ?')}= where needed`,
    });
  }
  const named = given.map(([key, value]) => [parameters[key as keyof typeof parameters], value] as const);
  return { endpoint, ...Object.fromEntries(named) };
}
