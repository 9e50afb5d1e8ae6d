import { describe, expect, it } from 'vitest';
import {
  type Notebook,
  type ViolationNotebookOptions,
  violationNotebook,
  violationNotebookName,
} from '../../../kernel-lib/src/project/violation-notebook.js';
import type { ModelQualityReport } from '../../../kernel-lib/src/report/model-quality-report.js';
import { sampleReport } from '../../support/sample-report.js';

const report = sampleReport();
const options: ViolationNotebookOptions = {
  project: '.',
  monitor: 'census-data-quality',
  scheduledTime: '2026-03-06T00:00:00Z',
  violation: report.violations[0]!,
  report,
  kernel: { name: 'driftline', displayName: 'Driftline (TypeScript)' },
};

function sources({ cells }: Notebook, kind: 'markdown' | 'code'): string {
  return cells
    .filter(({ cell_type }) => cell_type === kind)
    .map(({ source }) => source)
    .join('\n');
}

describe('violationNotebook()', () => {
  it('is a notebook of format 4.5 for the kernel it was asked for, every cell with an id of its own', () => {
    const notebook = violationNotebook(options);
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toEqual({
      name: 'driftline',
      display_name: 'Driftline (TypeScript)',
      language: 'typescript',
    });
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))).toBe(true);
  });

  it('says the violation by its id, and reads its records', () => {
    const code = sources(violationNotebook(options), 'code');
    expect(code).toContain(`const violationId = ${JSON.stringify(report.violations[0]!.id)};`);
    expect(code).toContain('project.records(report, violationId, { limit: 20 })');
  });

  it('has values in its code as string literals alone, whatever is in them', () => {
    const hostile = '"); process.exit(1); ("\u2028`1`\\';
    const violation = { ...options.violation, id: hostile, feature: hostile };
    const code = sources(
      violationNotebook({ ...options, project: hostile, monitor: hostile, scheduledTime: hostile, violation }),
      'code',
    );
    const literals = code.split('\n').filter((line) => line.includes('exit'));
    expect(literals).toHaveLength(4);
    for (const line of literals) {
      const literal = /"(?:[^"\\]|\\.)*"/.exec(line)![0];
      expect(JSON.parse(literal)).toBe(hostile);
      expect(line).not.toContain('\u2028');
    }
  });

  it('has text in its Markdown that is never markup', () => {
    const hostile = '<img src=x onerror=alert(1)> **b** [a](javascript:b) $x$ www.example.org\n# c';
    const text = sources(
      violationNotebook({
        ...options,
        monitor: hostile,
        violation: { ...options.violation, feature: hostile, explanation: hostile },
      }),
      'markdown',
    );
    const [title = '', , explanation = ''] = text.split('\n');
    for (const line of [title, explanation]) expect(line).not.toMatch(/[<>*[\]()$]|www\.|\nc/);
    expect(title).toContain('&#60;img src&#61;x onerror');
    expect(violationNotebook(options).cells[0]!.source.split('\n')[0]).toBe(
      '# hours&#45;per&#45;week: a finding of census&#45;data&#45;quality',
    );
  });

  it('reads the records of the worst segment where no single row carries the violation, or says that there are none', () => {
    const { query: _, ...violation } = options.violation;
    const segmented = {
      monitorType: 'model-quality',
      modelQuality: { segments: [{}] } as unknown as ModelQualityReport,
    };
    const quality = violationNotebook({
      ...options,
      violation,
      report: segmented as ViolationNotebookOptions['report'],
    });
    expect(sources(quality, 'code')).toContain('project.records(report, { segment: 0 }, { limit: 20 })');
    const bias = violationNotebook({ ...options, violation, report: { monitorType: 'model-bias' } });
    expect(sources(bias, 'code')).not.toContain('project.records');
    expect(sources(bias, 'markdown')).toContain('there are no records to list');
  });
});

describe('violationNotebookName()', () => {
  it('names the monitor and the hour, without what a file name cannot have', () => {
    expect(violationNotebookName('census-data-quality', '2026-03-06T00:00:00Z')).toBe(
      'driftline-census-data-quality-2026-03-06T00',
    );
    expect(violationNotebookName('../a b', '2026-03-06T05:00:00Z')).toBe('driftline-..-a-b-2026-03-06T05');
  });
});
