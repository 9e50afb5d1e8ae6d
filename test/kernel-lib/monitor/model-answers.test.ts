import { describe, expect, it } from 'vitest';
import type { AttributeCells } from '../../../kernel-lib/src/capture/attribute.js';
import { modelAnswers } from '../../../kernel-lib/src/monitor/model-answers.js';

/** Reads lists as the likeliest of two classes, where these are named. */
function reader(cells: Readonly<Record<string, readonly (string | null)[]>>) {
  return (attribute: string, classes?: readonly string[]): AttributeCells => {
    const found = cells[attribute];
    if (found === undefined) return { reason: `has no "${attribute}"` };
    if (classes === undefined && found.some((cell) => cell === 'list')) return { reason: 'has a list' };
    return found.map((cell) => (cell === 'list' ? classes![1]! : cell));
  };
}

const classes = ['no', 'yes'];

describe('modelAnswers()', () => {
  it('takes predicted labels before probabilities', () => {
    const both = { inferenceAttribute: 'label', probabilityAttribute: 'score' };
    const read = reader({ label: ['yes', null], score: ['0.7', '0.1'] });
    expect(modelAnswers(both, undefined, read)).toEqual({ predictions: ['yes', null] });
    expect(modelAnswers(both, classes, read)).toEqual({ predictions: ['yes', null] });
  });

  it('takes a list of probabilities as the likeliest class, and a single one as that of the positive class', () => {
    const score = { probabilityAttribute: 'score' };
    expect(modelAnswers(score, classes, reader({ score: ['list', 'list'] }))).toEqual({ predictions: ['yes', 'yes'] });
    expect(modelAnswers(score, classes, reader({ score: ['0.7', null] }))).toEqual({ scores: ['0.7', null] });
    expect(modelAnswers(score, undefined, reader({ score: ['0.7', null] }))).toEqual({ scores: ['0.7', null] });
  });

  it('says why there is no answer', () => {
    expect(modelAnswers({ inferenceAttribute: 'label' }, undefined, reader({}))).toEqual({ reason: 'has no "label"' });
    expect(modelAnswers({ probabilityAttribute: 'score' }, undefined, reader({ score: ['list'] }))).toEqual({
      reason: 'has a list',
    });
    expect(modelAnswers({ probabilityAttribute: 'score' }, classes, reader({}))).toEqual({ reason: 'has no "score"' });
    expect(modelAnswers({}, classes, reader({}))).toEqual({});
  });
});
