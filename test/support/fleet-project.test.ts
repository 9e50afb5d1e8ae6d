import { describe, expect, it } from 'vitest';
import { readReport } from '../../jupyter-extension/src/report/read-report.js';
import { parseExecutions, parseMeasures, parseStatus } from '../../kernel-lib/src/project/history-files.js';
import { parseProjectFile } from '../../kernel-lib/src/project/project-file.js';
import { trans } from '../jupyter-extension/support/trans.js';
import { fleetFiles } from './fleet-project.js';

const fleet = new Map(fleetFiles({ endpoints: 26, features: 12, detailed: 3, executions: 40 }));
const status = parseStatus(fleet.get('driftline-status.json')!, 'status');

describe('fleetFiles()', () => {
  it('gives a valid project file in which some endpoints have fewer monitors', () => {
    const config = parseProjectFile(fleet.get('driftline.yaml')!, 'driftline.yaml');
    expect(Object.keys(config.endpoints)).toHaveLength(26);
    expect(Object.keys(config.monitors)).toHaveLength(26 * 4 - 2 - 4);
  });

  it('gives the same files for the same seed', () => {
    const again = new Map(fleetFiles({ endpoints: 26, features: 12, detailed: 3, executions: 40 }));
    expect([...again]).toEqual([...fleet]);
    const other = new Map(fleetFiles({ endpoints: 26, features: 12, detailed: 3, executions: 40, seed: 2 }));
    expect(other.get('driftline-status.json')).not.toBe(fleet.get('driftline-status.json'));
  });

  it('gives histories, measures and reports that agree with the status', () => {
    const checked: string[] = [];
    for (const [monitor, { endpoint, last, violations, trend }] of Object.entries(status.monitors)) {
      expect([trend.outcomes.at(-1), trend.violations.at(-1)]).toEqual([last.outcome, violations]);
      const folder = `reports/${endpoint}/${monitor}`;
      const month = last.scheduledTime.slice(0, 7);
      const text = fleet.get(`${folder}/executions/${month}.json`);
      if (text === undefined) continue;
      const { executions } = parseExecutions(text, folder);
      expect(
        executions
          .at(-1)
          ?.violations.map(({ id }) => id)
          .slice(0, 3),
      ).toEqual(last.violations.map(({ id }) => id));
      if (last.outcome !== 'ok' && last.outcome !== 'violations') continue;
      const read = readReport(fleet.get(`${folder}/${last.folder}/report.json`), trans);
      expect('report' in read && read.report.violations.map(({ id }) => id)).toEqual(
        executions.at(-1)?.violations.map(({ id }) => id),
      );
      const measures = parseMeasures(fleet.get(`${folder}/measures/${month}.json`)!, folder);
      expect(measures.executions.at(-1)?.scheduledTime).toBe(last.scheduledTime);
      if (last.violations.length === 0) expect(measures.executions.at(-1)?.violated).toEqual([]);
      checked.push(monitor);
    }
    expect(checked.length).toBeGreaterThanOrEqual(10);
  });
});
