import type { AttributionScale } from '../explain/explainer.js';
import { each, exponential, identity, type Link, logistic, softmax } from './link.js';

/** What an objective of LightGBM means for a model that was trained for it. */
export interface LightgbmObjective {
  /** From margins to predictions. */
  readonly link: Link;
  readonly scale: AttributionScale;
}

const value: LightgbmObjective = { link: identity, scale: 'prediction' };
const positive: LightgbmObjective = { link: exponential, scale: 'margin' };

/** `sqrt` trains on the root of the target, with its sign. */
const squared: LightgbmObjective = { link: each((margin) => Math.sign(margin) * margin * margin), scale: 'margin' };

/** Log-odds are `sigmoid` times the margin. */
function probability(settings: ReadonlyMap<string, string>): LightgbmObjective | undefined {
  const sigmoid = Number(settings.get('sigmoid') ?? 1);
  if (!(Number.isFinite(sigmoid) && sigmoid > 0)) return undefined;
  return { link: logistic(sigmoid), scale: sigmoid === 1 ? 'log-odds' : 'margin' };
}

/** By the first word of the line `objective=`. */
export const lightgbmObjectives: ReadonlyMap<
  string,
  (settings: ReadonlyMap<string, string>) => LightgbmObjective | undefined
> = new Map([
  ['binary', probability],
  ['cross_entropy', () => ({ link: logistic(), scale: 'log-odds' })],
  ['cross_entropy_lambda', () => ({ link: each((margin) => Math.log1p(Math.exp(margin))), scale: 'margin' })],
  ['multiclass', () => ({ link: softmax, scale: 'margin' })],
  ['multiclassova', probability],
  ['regression', (settings) => (settings.has('sqrt') ? squared : value)],
  ['regression_l1', (settings) => (settings.has('sqrt') ? squared : value)],
  ['huber', () => value],
  ['fair', () => value],
  ['quantile', () => value],
  ['mape', () => value],
  ['poisson', () => positive],
  ['gamma', () => positive],
  ['tweedie', () => positive],
  ['lambdarank', () => value],
  ['rank_xendcg', () => value],
  // A model trained by a function of the user's own.
  ['custom', () => value],
]);
