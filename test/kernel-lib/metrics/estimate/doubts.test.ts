import { describe, expect, it } from 'vitest';
import { type EstimateEvidence, estimateDoubts } from '../../../../kernel-lib/src/metrics/estimate/doubts.js';

/** Nothing speaks against it. */
const sound: EstimateEvidence = {
  baselineRows: 5000,
  currentRows: 1000,
  calibrationError: 0.01,
  distinctScores: 800,
  absentFeatures: [],
  driftedFeatures: [],
  lossRatio: 1.02,
};

function doubtsOf(changes: Partial<EstimateEvidence>): string[] {
  return estimateDoubts({ ...sound, ...changes });
}

function drifted(count: number): { name: string; distance: number }[] {
  return Array.from({ length: count }, (_, place) => ({ name: `f${place}`, distance: 0.2 + place / 100 }));
}

describe('estimateDoubts()', () => {
  it('has none where nothing speaks against the estimate', () => {
    expect(estimateDoubts(sound)).toEqual([]);
    expect(estimateDoubts({ baselineRows: 500, currentRows: 100, absentFeatures: [], driftedFeatures: [] })).toEqual(
      [],
    );
  });

  it('doubts a baseline of fewer than 500 rows', () => {
    expect(doubtsOf({ baselineRows: 499 })).toEqual(['The baseline has only 499 labelled rows.']);
    expect(doubtsOf({ baselineRows: 500 })).toEqual([]);
  });

  it('doubts a window of fewer than 100 predictions', () => {
    expect(doubtsOf({ currentRows: 99 })).toEqual(['The window has only 99 predictions.']);
    expect(doubtsOf({ currentRows: 100 })).toEqual([]);
  });

  it('doubts scores whose calibration error is above 0.05', () => {
    expect(doubtsOf({ calibrationError: 0.0831 })).toEqual([
      'The scores are not calibrated probabilities: in the baseline they are off by 0.083 on average.',
    ]);
    expect(doubtsOf({ calibrationError: 0.05 })).toEqual([]);
  });

  it('doubts scores of at most two values, where there are at least three of them', () => {
    expect(doubtsOf({ distinctScores: 2 })).toEqual([
      'The scores take at most two values: they look like labels, not like probabilities.',
    ]);
    expect(doubtsOf({ distinctScores: 3 })).toEqual([]);
    expect(doubtsOf({ distinctScores: 2, currentRows: 2 })).toEqual(['The window has only 2 predictions.']);
  });

  it('names features that the window lacks, five of them', () => {
    expect(doubtsOf({ absentFeatures: ['age', 'sex'] })).toEqual(['Features of the baseline are missing: age, sex.']);
    const seven = Array.from({ length: 7 }, (_, place) => `f${place}`);
    expect(doubtsOf({ absentFeatures: seven })).toEqual([
      'Features of the baseline are missing: f0, f1, f2, f3, f4 and 2 more.',
    ]);
  });

  it('names drifted features with their distances, five of them', () => {
    expect(doubtsOf({ driftedFeatures: drifted(2) })).toEqual([
      'Features have drifted, and what the scores meant in the baseline may not hold for such rows: f0 (0.20), f1 (0.21).',
    ]);
    expect(doubtsOf({ driftedFeatures: drifted(6) })[0]).toContain('f3 (0.23), f4 (0.24) and 1 more.');
  });

  it('speaks of errors instead of scores where the model has none', () => {
    const { distinctScores, calibrationError, ...regression } = sound;
    expect(estimateDoubts({ ...regression, driftedFeatures: drifted(1) })).toEqual([
      'Features have drifted, and what the errors were in the baseline may not hold for such rows: f0 (0.20).',
    ]);
  });

  it('doubts expected errors that are off by more than a tenth on the baseline itself', () => {
    expect(doubtsOf({ lossRatio: 0.85 })).toEqual([
      'On the baseline itself the expected errors are 85 % of the real ones.',
    ]);
    expect(doubtsOf({ lossRatio: 1.25 })).toEqual([
      'On the baseline itself the expected errors are 125 % of the real ones.',
    ]);
    expect(doubtsOf({ lossRatio: 0.91 })).toEqual([]);
    expect(doubtsOf({ lossRatio: 1.09 })).toEqual([]);
  });

  it('has every doubt, each a sentence, where everything speaks against the estimate', () => {
    const doubts = estimateDoubts({
      baselineRows: 20,
      currentRows: 10,
      calibrationError: 0.2,
      distinctScores: 1,
      absentFeatures: ['age'],
      driftedFeatures: drifted(1),
      lossRatio: 2,
    });
    expect(doubts.length).toBe(7);
    for (const doubt of doubts) expect(doubt).toMatch(/^[A-Z].*\.$/);
  });
});
