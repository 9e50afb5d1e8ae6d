import { describe, expect, it } from 'vitest';
import { readReport } from '../../../jupyter-extension/src/report/read-report.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';
import { trans } from '../support/trans.js';

describe('readReport()', () => {
  it('takes an object and its JSON alike', () => {
    for (const report of [sampleReport(), cleanReport(), emptyWindowReport()]) {
      expect(readReport(report, trans)).toEqual({ report });
      expect(readReport(JSON.stringify(report), trans)).toEqual({ report });
    }
  });

  it('says which version it reads and how to update', () => {
    const read = readReport({ ...sampleReport(), version: 2 }, trans);
    expect(read).toEqual({
      problem: {
        what: 'This report is of version 2; this extension reads version 1.',
        fix: expect.stringContaining('pip install --upgrade jupyterlab-driftline'),
      },
    });
  });

  it('names the keys that a report lacks', () => {
    const { features: _, headline: __, ...rest } = sampleReport();
    expect(readReport(rest, trans)).toEqual({
      problem: { what: 'The report is incomplete; it lacks: headline, features.', fix: 'Make the report again.' },
    });
  });

  it('never throws, whatever it is given', () => {
    for (const data of [undefined, null, 3, [], {}, '', '{"schema"', 'null', { schema: 'driftline.report' }]) {
      expect(readReport(data, trans)).toHaveProperty('problem');
    }
  });
});
