// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { describe, expect, it } from 'vitest';
import type { ReportProject } from '../../../jupyter-extension/src/panels/report-project.js';
import { projectOfReport } from '../../../jupyter-extension/src/project/execution-project.js';
import { ProjectRegistry } from '../../../jupyter-extension/src/project/project-registry.js';
import type { Report } from '../../../kernel-lib/src/index.js';
import { sampleReport } from '../../support/sample-report.js';
import type { MemoryFiles } from '../support/memory-files.js';
import { projectFiles } from '../support/project-files.js';
import { trans } from '../support/trans.js';

const path = 'models/reports/shop/data/2026/03/06/00/report.json';
const [violation] = sampleReport().violations;

function stored(): MemoryFiles {
  return projectFiles([{ monitor: 'data', report: sampleReport() }]);
}

async function found(
  files: MemoryFiles,
  file: string,
  report: Pick<Report, 'monitor'>,
): Promise<{
  readonly project: ReportProject | undefined;
  readonly projects: ProjectRegistry;
  readonly executed: unknown[];
  readonly closing: AbortController;
}> {
  const projects = new ProjectRegistry(files, trans, async () => '');
  const executed: unknown[] = [];
  const closing = new AbortController();
  const commands = { execute: async (id: string, args: unknown) => executed.push([id, args]) } as never;
  const project = await projectOfReport(file, report, files, projects, { commands, closed: closing.signal });
  return { project, projects, executed, closing };
}

describe('projectOfReport()', () => {
  it('finds the execution that wrote the file, and opens the views of its violations', async () => {
    const { project, executed } = await found(stored(), path, { monitor: 'data' });
    project!.open(violation!);
    expect(executed).toEqual([
      [
        'driftline:open-violation',
        { project: 'models', monitor: 'data', scheduledTime: '2026-03-06T00:00:00Z', violation: violation!.id },
      ],
    ]);
    expect(project!.stateOf(violation!)).toEqual({ counts: true, notes: [] });
  });

  it('follows the decisions until the report is closed', async () => {
    const files = stored();
    const { project, projects, closing } = await found(files, path, { monitor: 'data' });
    let changes = 0;
    project!.watch(() => (changes += 1));
    const [store] = projects.projects;
    const decide = (kind: 'accepted' | 'note'): Promise<void> =>
      store!.annotate((annotations) => ({
        ...annotations,
        decisions: [
          {
            id: kind,
            monitor: 'data',
            violation: violation!.id,
            kind,
            at: '2026-03-07T00:00:00Z',
            measured: violation!.measured,
          },
        ],
      }));
    await decide('accepted');
    expect(project!.stateOf(violation!).accepted?.id).toBe('accepted');
    expect(changes).toBeGreaterThan(0);
    const before = changes;
    closing.abort();
    await decide('note');
    expect(changes).toBe(before);
  });

  it('has none for a report that lies elsewhere, is of no monitor, or of no execution that is known', async () => {
    const files = stored();
    const elsewhere = 'models/copies/report.json';
    files.put(elsewhere, JSON.stringify(sampleReport()));
    expect((await found(files, elsewhere, { monitor: 'data' })).project).toBeUndefined();
    expect((await found(files, path, {})).project).toBeUndefined();
    expect((await found(files, path, { monitor: 'other' })).project).toBeUndefined();
    const unknown = path.replace('/06/', '/08/');
    files.put(unknown, JSON.stringify(sampleReport()));
    expect((await found(files, unknown, { monitor: 'data' })).project).toBeUndefined();
    expect((await found(files, 'report.json', { monitor: 'data' })).project).toBeUndefined();
  });

  it('has none where the project file cannot be read', async () => {
    const files = stored();
    files.put('models/driftline.yaml', 'version: [');
    expect((await found(files, path, { monitor: 'data' })).project).toBeUndefined();
  });
});
