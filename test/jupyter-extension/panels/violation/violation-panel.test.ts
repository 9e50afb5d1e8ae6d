// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Notebook } from '../../../../kernel-lib/src/project/violation-notebook.js';
import { hostileReport } from '../../../support/hostile-report.js';
import { sampleBiasReport } from '../../../support/model-bias-report.js';
import { sampleExplainabilityReport } from '../../../support/model-explainability-report.js';
import { binaryQualityReport } from '../../../support/model-quality-report.js';
import { sampleReport } from '../../../support/sample-report.js';
import { type OpenOptions, type OpenViolation, openViolation, press } from '../../support/open-violation.js';
import { moved, projectFiles, type StoredReport } from '../../support/project-files.js';
import { section, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const at = '2026-03-06T00:00:00Z';
const data: StoredReport = { monitor: 'data', report: sampleReport() };
const quality: StoredReport = { monitor: 'quality', report: binaryQualityReport() };
const hours = 'hours-per-week/baseline_drift_check';
const open: OpenViolation[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function view(
  stored: readonly StoredReport[],
  which: readonly [string, string, string],
  options?: OpenOptions,
): Promise<OpenViolation> {
  const opened = await openViolation(projectFiles(stored), which, options);
  open.push(opened);
  return opened;
}

const facts = (node: ParentNode): Record<string, string> =>
  Object.fromEntries(
    [...node.querySelectorAll('.driftline-fact')].map((fact) => [
      fact.querySelector('dt')!.textContent,
      fact.querySelector('dd')!.textContent,
    ]),
  );

describe('the view of a data-quality violation', () => {
  it('says in a sentence and in figures what was measured against limit and baseline, and since when', async () => {
    const { node, titles } = await view([data], ['data', at, hours]);
    expect(titles).toEqual(['hours-per-week']);
    const head = node.querySelector('header')!;
    expect(head.querySelector('h2')!.textContent).toBe('hours-per-week');
    expect(head.textContent).toContain('The distance of hours-per-week from the baseline is 0.749; the limit is 0.1.');
    expect(head.textContent).toContain('distribution has moved');
    expect(facts(head)).toMatchObject({ Measured: '0.749', Limit: '0.1', Since: '4 Mar 2026, 06:00 UTC' });
  });

  it('says "or earlier" where the beginning of the history had it already', async () => {
    const { node } = await view([data], ['data', at, 'workclass/categorical_values_check']);
    expect(facts(node)['Since']).toBe('5 Mar 2026, 00:00 UTC or earlier');
    expect(node.querySelector('header')!.textContent).toContain(
      '95.7 % of the values of workclass are known to the baseline',
    );
  });

  it('says how sure it is: both rules, the adjusted p-value, and what could have been found', async () => {
    const { node } = await view([data], ['data', at, hours]);
    const sure = section(node, 'How sure');
    expect(texts(sure, 'li')).toEqual([
      'Rule significant, which decides: violated, the distance is beyond the limit by more than chance.',
      'Rule threshold: violated, the value itself is beyond the limit.',
    ]);
    const { drift } = data.report.features.find(({ name }) => name === 'hours-per-week')!;
    expect(facts(sure)['Smallest to be found']).toContain(String(Number(drift!.minimumDetectable.toPrecision(3))));
    expect(facts(sure)['Adjusted p']).toContain('< 0.0001');
  });

  it('says which rule does not see it', async () => {
    const { node } = await view([data], ['data', at, 'probability/baseline_drift_check']);
    expect(node.querySelector('header')!.textContent).toContain('(threshold rule only)');
    expect(texts(section(node, 'How sure'), 'li')[0]).toContain('Rule significant, which decides: kept');
  });

  it('says that it is new, or how many executions have found it, and when it ended', async () => {
    const single = await view([data], ['data', at, hours]);
    expect(section(single.node, 'How it stands').textContent).toContain('New in this execution');
    const before = { monitor: 'data', report: moved(sampleReport(), -1) };
    const after = { monitor: 'data', report: { ...moved(sampleReport(), 1), violations: [], status: 'ok' as const } };
    const { node } = await view([before, data, after], ['data', at, hours]);
    expect(section(node, 'How it stands').textContent).toContain(
      'Ongoing: found in 2 executions in a row, since that of 5 Mar 2026, 00:00 (the first one known); no longer found in that of 7 Mar 2026, 00:00',
    );
    expect(texts(section(node, 'Over the executions'), 'h4')).toEqual(['hours-per-week: distance by execution']);
  });

  it('shows the distribution, and folds all numbers', async () => {
    const { node } = await view([data], ['data', at, hours]);
    const window = section(node, 'In this window');
    expect(texts(window, 'h4').slice(0, 2)).toEqual(['Distribution', 'Distance by hour']);
    expect(window.querySelector('details')!.open).toBe(false);
  });

  it('leads to the panels that the page has', async () => {
    const commands = ['driftline:open-execution', 'driftline:edit-constraints'];
    const { node, executed } = await view([data], ['data', at, hours], { commands });
    const links = [...node.querySelectorAll('nav button')].map(({ textContent }) => textContent);
    expect(links).toEqual(['Execution report', 'Limit']);
    press(node, 'Execution report');
    press(node, 'Limit');
    expect(executed).toEqual([
      ['driftline:open-execution', { project: 'models', monitor: 'data', scheduledTime: at }],
      ['driftline:edit-constraints', { project: 'models', monitor: 'data', feature: 'hours-per-week' }],
    ]);
  });

  it('takes texts from data as text', async () => {
    const report = { ...hostileReport(), window: sampleReport().window! };
    for (const { id } of report.violations) {
      const { node } = await view([{ monitor: 'data', report }], ['data', at, id]);
      expect(node.querySelectorAll('img, script, iframe, [onerror]')).toHaveLength(0);
    }
  });

  it('says what is missing where there is no such violation or execution', async () => {
    const files = projectFiles([data]);
    await expect(openViolation(files, ['data', at, 'none'])).rejects.toThrow('has no violation "none"');
    await expect(openViolation(files, ['data', '2026-03-09T00:00:00Z', hours])).rejects.toThrow('has no execution');
    await expect(openViolation(files, ['other', at, hours])).rejects.toThrow('has no monitor "other"');
  });
});

describe('the incident of a violation', () => {
  it('groups violations of all monitors that share something, says what, and leads to them', async () => {
    const { node, executed } = await view([data, quality], ['data', at, 'occupation/completeness_check']);
    const incident = section(node, 'The same incident');
    const rows = [...incident.querySelectorAll('tbody tr')].map((row) => texts(row, 'th, td'));
    expect(rows.map(([name]) => name)).toEqual(['Recallquality', 'F1 scorequality', 'Area under the ROC curvequality']);
    expect(rows[0]![2]).toBe('began 2 hours apart');
    press(incident, 'Recall');
    expect(executed).toEqual([
      [
        'driftline:open-violation',
        { project: 'models', monitor: 'quality', scheduledTime: at, violation: 'recall/LessThanThreshold' },
      ],
    ]);
  });

  it('says that there is none', async () => {
    const { node } = await view([data], ['data', at, 'capital-loss/data_type_check']);
    expect(section(node, 'The same incident').textContent).toContain('No other violation of this endpoint');
  });
});

describe('the view of other violations', () => {
  it('of model quality has the metric with its interval, and the segments in which it fell', async () => {
    const { node, titles } = await view([quality], ['quality', at, 'recall/LessThanThreshold']);
    expect(titles).toEqual(['Recall']);
    expect(node.querySelector('header')!.textContent).toContain('Recall is 0.515; it must be at least 0.625.');
    expect(facts(section(node, 'How sure'))['95 % interval']).toMatch(/^0\.\d+ to 0\.\d+/);
    expect(texts(section(node, 'In this window'), 'h4')).toContain('Recall');
    expect(texts(section(node, 'What carries it'), 'tbody th')[0]).toBe(
      'occupation = Sales & <service> and 24 <= age < 31',
    );
    const records = section(node, 'The records behind it');
    expect(records.textContent).toContain('no single row carries it');
    expect(texts(records, '.driftline-violation-field option')[0]).toContain('occupation = Sales & <service>');
  });

  it('of bias has the allowed range, and why the metric changed', async () => {
    const report = sampleBiasReport();
    const id = report.violations[0]!.id;
    const { node, titles } = await view([{ monitor: 'bias', report }], ['bias', report.window!.end, id]);
    expect(titles).toEqual(['sex = Female: DRR']);
    expect(node.querySelector('header')!.textContent).toContain(
      'sex = Female: DRR is −0.137, where 0 is equal treatment; it must be at least −0.091.',
    );
    expect(facts(section(node, 'How sure'))['Allowed']).toBe('−0.091 to 0.091');
    expect(section(node, 'In this window').textContent).toContain('Why DRR changed');
    expect(section(node, 'The records behind it').textContent).toContain('compares two groups of rows as a whole');
  });

  it('of attribution has the ranking, and folds features and requests', async () => {
    const report = sampleExplainabilityReport();
    const { id, label } = report.violations[0]!;
    const { node, titles } = await view([{ monitor: 'attribution', report }], ['attribution', report.window!.end, id]);
    expect(titles).toEqual([`${label}: nDCG`]);
    expect(node.querySelector('header')!.textContent).toContain(
      'The ranking of the features agrees with that of the baseline',
    );
    const window = section(node, 'In this window');
    expect(texts(window, 'summary')).toEqual(expect.arrayContaining(['Feature by feature']));
    expect(section(node, 'The records behind it').textContent).toContain('made of the attributions of all rows');
  });
});

describe('Open in notebook', () => {
  it('writes a notebook into the project under a name that is free, and opens it', async () => {
    const { node, saved, executed, settle } = await view([data], ['data', at, hours]);
    press(node, 'Open in notebook');
    await settle();
    press(node, 'Open in notebook');
    await settle();
    const names = ['models/driftline-data-2026-03-06T00.ipynb', 'models/driftline-data-2026-03-06T00-2.ipynb'];
    expect([...saved.keys()]).toEqual(names);
    expect(executed).toEqual(names.map((path) => ['docmanager:open', { path }]));
    const { type, content } = saved.get(names[0]!) as { type: string; content: Notebook };
    expect(type).toBe('notebook');
    expect(content.metadata.kernelspec.name).toBe('driftline');
    expect(content.cells.some(({ source }) => source.includes(JSON.stringify(hours)))).toBe(true);
    expect(node.textContent).toContain(`Written: ${names[1]}`);
  });

  it('takes tslab where our kernel is not installed', async () => {
    const { node, saved, settle } = await view([data], ['data', at, hours], { kernelspecs: ['tslab', 'python3'] });
    press(node, 'Open in notebook');
    await settle();
    const [{ content }] = [...saved.values()] as [{ content: Notebook }];
    expect(content.metadata.kernelspec.name).toBe('tslab');
  });
});
