import type { AttributionScale } from '../explain/explainer.js';
import { each, exponential, identity, type Link, logistic, softmax } from './link.js';

/** What an objective of XGBoost means for a model that was trained for it. */
export interface XgboostObjective {
  /** From the base score to a margin. */
  toMargin(score: number): number;
  /** From margins to predictions. */
  readonly link: Link;
  readonly scale: AttributionScale;
}

const logit = (score: number): number => -Math.log(1 / score - 1);
const same = (score: number): number => score;

const probability: XgboostObjective = { toMargin: logit, link: logistic(), scale: 'log-odds' };
const value: XgboostObjective = { toMargin: same, link: identity, scale: 'prediction' };
const positive: XgboostObjective = { toMargin: Math.log, link: exponential, scale: 'margin' };
const classes: XgboostObjective = { toMargin: same, link: softmax, scale: 'margin' };

/**
 * The objectives that are read, by name. Of `multi:softmax` the prediction is each class's probability, not the class.
 *
 * @see Source: XGBoost, "XGBoost Parameters", learning task parameters. Golden values: test/golden/models.
 */
export const xgboostObjectives: ReadonlyMap<string, XgboostObjective> = new Map([
  ['binary:logistic', probability],
  ['reg:logistic', probability],
  ['binary:logitraw', { toMargin: same, link: identity, scale: 'log-odds' }],
  ['binary:hinge', { toMargin: same, link: each((margin) => (margin > 0 ? 1 : 0)), scale: 'margin' }],
  ['multi:softprob', classes],
  ['multi:softmax', classes],
  ['reg:squarederror', value],
  ['reg:squaredlogerror', value],
  ['reg:absoluteerror', value],
  ['reg:pseudohubererror', value],
  ['reg:quantileerror', value],
  ['count:poisson', positive],
  ['reg:gamma', positive],
  ['reg:tweedie', positive],
  ['rank:pairwise', value],
  ['rank:ndcg', value],
  ['rank:map', value],
]);
