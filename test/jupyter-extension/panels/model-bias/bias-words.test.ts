import { expect, it } from 'vitest';
import {
  comparedWords,
  positiveWords,
  withoutCause,
} from '../../../../jupyter-extension/src/panels/model-bias/bias-words.js';
import { biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { wordsOf } from '../../../../kernel-lib/src/report/bias-metric-words.js';
import { differenceMetric } from '../../support/bias-rows.js';
import { trans } from '../../support/trans.js';

it('comparedWords() says of every metric what the page of a report says', () => {
  expect(biasMetrics.map(({ name }) => [name, comparedWords(name, trans)])).toEqual(
    biasMetrics.map(({ name, title }) => [name, wordsOf(name, title).compared]),
  );
  expect(comparedWords('constructor', trans)).toBe('');
});

it('positiveWords() takes an interval for a range', () => {
  expect(positiveWords({ name: 'income', positive: '1' }, trans)).toBe('income = 1');
  expect(positiveWords({ name: 'income', positive: '(0.5, 1.0]' }, trans)).toBe('income in (0.5, 1.0]');
});

it('withoutCause() leaves out what stands by itself, and nothing else', () => {
  const cause = { sides: { advantaged: 0, disadvantaged: 0 }, parts: { population: 0, labels: 0, predictions: 0 } };
  const metric = { ...differenceMetric, cause: { ...cause, segments: [], explanation: 'They moved.' } };
  expect(withoutCause('It grew. They moved.', metric)).toBe('It grew.');
  expect(withoutCause('They moved.', metric)).toBe('They moved.');
  expect(withoutCause('It grew. They moved.', differenceMetric)).toBe('It grew. They moved.');
});
