import { MonitorError, placed } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { allowManyListeners, throwIfAborted } from '../storage/abort.js';
import { type AnswerForm, answerForm, UnreadableAnswer } from './answer-reader.js';
import { quoted } from './endpoint-address.js';
import { type RequestBatch, requestBatches } from './endpoint-batches.js';
import { EndpointFailure } from './endpoint-failure.js';
import { Pace, withRetries } from './endpoint-retry.js';
import type { EndpointSettings } from './endpoint-settings.js';
import { withinTime } from './endpoint-timeout.js';
import { type Model, type ModelAnswer, type ModelConfig, outputNames } from './model.js';
import { PartialAnswersError } from './partial-answers.js';
import { type MimeType, type RequestForm, requestForm } from './request-form.js';
import type { ModelCell } from './tree-model.js';

/** What carries requests to an endpoint. */
export interface EndpointTransport {
  /** The endpoint as it may be shown. */
  readonly shown: string;
  /** Texts that no message may have. */
  readonly secrets: readonly string[];
  /** @throws EndpointFailure for anything but an answer. */
  send(request: EndpointRequest): Promise<EndpointAnswer>;
  close(): Promise<void>;
}

export interface EndpointRequest {
  readonly body: string;
  readonly contentType: MimeType;
  readonly acceptType: MimeType;
  readonly signal: AbortSignal;
}

export interface EndpointAnswer {
  readonly text: string;
  /** Its MIME type, where the endpoint says it. */
  readonly type: string | undefined;
}

/** A model behind an endpoint, asked as `analysis_config.json` says. */
export function endpointModel(
  transport: EndpointTransport,
  config: ModelConfig | undefined,
  settings: EndpointSettings,
): Model {
  return new EndpointModel(transport, config, settings);
}

/**
 * At most `concurrency` requests are under way and each is written when its turn comes, so that memory beyond the rows and
 * their answers stays below `concurrency` times the bytes of a request and its answer.
 */
class EndpointModel implements Model {
  readonly outputs?: readonly string[];
  readonly takesEveryColumn: boolean = true;
  readonly #transport: EndpointTransport;
  readonly #settings: EndpointSettings;
  readonly #requests: RequestForm;
  readonly #answers: AnswerForm;
  readonly #requestPace: Pace;
  readonly #rowPace: Pace;

  constructor(transport: EndpointTransport, config: ModelConfig | undefined, settings: EndpointSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#requests = requestForm(config);
    this.#answers = answerForm(config, this.#requests.contentType);
    this.#requestPace = new Pace(settings.requestsPerSecond, settings.clock);
    this.#rowPace = new Pace(settings.rowsPerSecond, settings.clock);
    Object.assign(this, outputNames(config));
  }

  async predict(
    names: readonly string[],
    rows: readonly (readonly ModelCell[])[],
    { signal, onProgress }: RunOptions = {},
  ): Promise<readonly ModelAnswer[]> {
    throwIfAborted(signal);
    const batches = requestBatches(this.#requests.writer(names), rows, { ...this.#settings, ...this.#requests });
    const answers = new Array<ModelAnswer | undefined>(rows.length).fill(undefined);
    const ended = new AbortController();
    for (const heard of [signal, ended.signal]) allowManyListeners(heard);
    const stop = (): void => ended.abort();
    signal?.addEventListener('abort', stop, { once: true });
    let done = 0;
    const work = async (): Promise<void> => {
      for (const batch of batches) {
        const batchAnswers = await this.#ask(batch, ended.signal, signal);
        batchAnswers.forEach((answer, index) => {
          answers[batch.from + index] = answer;
        });
        done += batch.rows;
        onProgress?.({ stage: 'asking the model', done, total: rows.length, unit: 'rows' });
        if (ended.signal.aborted) return;
      }
    };
    try {
      await allOrFirstFailure(Array.from({ length: this.#settings.concurrency }, work), stop);
    } catch (error) {
      throwIfAborted(signal);
      throw this.#told(error, leading(answers), rows.length);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    throwIfAborted(signal);
    const all = answers as ModelAnswer[];
    this.#requireOneWidth(all);
    return all;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  /**
   * @param ended - fires when another request has failed for good: then nothing is tried again, but an answer on its way is
   * waited for.
   */
  async #ask(
    { body, rows, from }: RequestBatch,
    ended: AbortSignal,
    signal: AbortSignal | undefined,
  ): Promise<readonly ModelAnswer[]> {
    const { contentType } = this.#requests;
    const { acceptType } = this.#answers;
    const attempt = async (): Promise<EndpointAnswer> => {
      await this.#requestPace.take(1, ended);
      await this.#rowPace.take(rows, ended);
      return withinTime(this.#settings.timeoutMs, signal, (timed) =>
        this.#transport.send({ body, contentType, acceptType, signal: timed }),
      );
    };
    const { text, type } = await withRetries(attempt, this.#settings, ended);
    return this.#answers.read(text, type, rows, from);
  }

  /** The error of a call, with where it happened and how far the call came. */
  #told(error: unknown, answers: readonly ModelAnswer[], rows: number): unknown {
    const { shown, secrets } = this.#transport;
    const progress = `${answers.length} of ${rows} rows were answered.`;
    if (error instanceof EndpointFailure) {
      const what = `${error.message}. ${progress}`;
      return new PartialAnswersError(what, answers, { where: shown, fix: error.fix, cause: new Error(error.message) });
    }
    if (error instanceof UnreadableAnswer) {
      const what = `${quoted(error.message, secrets)} It answered: ${quoted(error.text, secrets) || 'nothing'}`;
      return new PartialAnswersError(what, answers, { where: shown, fix: error.fix });
    }
    return placed(error, shown);
  }

  #requireOneWidth(answers: readonly ModelAnswer[]): void {
    const [first] = answers;
    if (first === undefined) return;
    const width = widthOf(first);
    const other = answers.findIndex((answer) => widthOf(answer) !== width);
    if (other >= 0) {
      const numbers = `${widthOf(answers[other]!)} for row ${other + 1}`;
      throw this.#shapeError(`The endpoint answered ${width} numbers for row 1, and ${numbers}.`);
    }
    const { outputs } = this;
    if (outputs !== undefined && width > 1 && outputs.length !== width) {
      throw this.#shapeError(
        `The endpoint answers ${width} numbers a row; predictor.label_headers has ${outputs.length} names.`,
      );
    }
  }

  #shapeError(what: string): MonitorError {
    return new MonitorError('MODEL', what, {
      where: this.#transport.shown,
      fix: 'say in predictor.probability of --config where the numbers stand, and name each in predictor.label_headers',
    });
  }
}

const widthOf = (answer: ModelAnswer): number => (typeof answer === 'number' ? 1 : answer.length);

/** The answers before the first that is missing. */
function leading(answers: readonly (ModelAnswer | undefined)[]): ModelAnswer[] {
  const end = answers.indexOf(undefined);
  return (end < 0 ? answers : answers.slice(0, end)) as ModelAnswer[];
}

/** Waits for all; at the first failure calls `stop`, waits for the others to end, and throws it. */
async function allOrFirstFailure(work: readonly Promise<void>[], stop: () => void): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(
    work.map((one) =>
      one.catch((error: unknown) => {
        failures.push(error);
        stop();
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
}
