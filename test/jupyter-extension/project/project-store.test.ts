import { describe, expect, it } from 'vitest';
import { ProjectRegistry } from '../../../jupyter-extension/src/project/project-registry.js';
import { ProjectStore } from '../../../jupyter-extension/src/project/project-store.js';
import type { ExecutionRecord, StatusFile } from '../../../kernel-lib/src/index.js';
import { sampleReport } from '../../support/sample-report.js';
import { MemoryFiles } from '../support/memory-files.js';
import { trans } from '../support/trans.js';

const yaml = `version: 1
endpoints:
  shop: { capture: capture/shop }
  idle: { capture: capture/idle }
monitors:
  shop-quality:
    type: data-quality
    endpoint: shop
    baseline: baseline
    schedule: cron(0 0 ? * * *)
    output: ../results
`;

function record(scheduledTime: string): ExecutionRecord {
  return {
    scheduledTime,
    window: { start: '2026-03-01T00:00:00Z', end: scheduledTime },
    status: 'Completed',
    outcome: 'ok',
    startedAt: scheduledTime,
    endedAt: scheduledTime,
    folder: scheduledTime.slice(0, 13).replace(/[-T]/g, '/'),
    headline: 'No violations.',
    rows: 10,
    reports: 1,
    violations: [],
  };
}

function status(last: ExecutionRecord): string {
  const content: StatusFile = {
    schema: 'driftline.status',
    version: 1,
    updatedAt: last.endedAt,
    monitors: {
      'shop-quality': {
        endpoint: 'shop',
        last,
        violations: 0,
        trend: { scheduledTimes: [last.scheduledTime], outcomes: ['ok'], violations: [0] },
      },
    },
  };
  return JSON.stringify(content);
}

function monthFile(month: string, executions: readonly ExecutionRecord[]): string {
  const head = { monitor: 'shop-quality', endpoint: 'shop', monitorType: 'data-quality' };
  return JSON.stringify({ schema: 'driftline.executions', version: 1, ...head, month, executions });
}

const refuse = async (): Promise<string> => {
  throw new Error('elsewhere');
};

function serverFiles(): MemoryFiles {
  const folder = 'results/shop/shop-quality';
  return new MemoryFiles({
    'models/driftline.yaml': yaml,
    'models/driftline-status.json': status(record('2026-03-02T00:00:00Z')),
    [`${folder}/executions/2026-02.json`]: monthFile('2026-02', [record('2026-02-28T00:00:00Z')]),
    [`${folder}/executions/2026-03.json`]: monthFile('2026-03', [
      record('2026-03-01T00:00:00Z'),
      record('2026-03-02T00:00:00Z'),
    ]),
    [`${folder}/2026/03/02/00/report.json`]: JSON.stringify(sampleReport()),
  });
}

describe('ProjectStore', () => {
  it('reads the project file, the status and no history until it is asked for', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();

    expect(store.problem).toBeUndefined();
    expect(Object.keys(store.config?.endpoints ?? {})).toEqual(['shop', 'idle']);
    expect(store.monitorsOf('shop').map(([name]) => name)).toEqual(['shop-quality']);
    expect(store.monitorsOf('idle')).toEqual([]);
    expect(files.reads.sort()).toEqual(['models/driftline-status.json', 'models/driftline.yaml']);
  });

  it('gives executions of the months that a span touches, each month read once until something runs', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    const span = { from: new Date('2026-02-28T00:00:00Z'), to: new Date('2026-03-01T12:00:00Z') };
    const times = async (): Promise<string[]> =>
      (await store.executions('shop-quality', span)).map(({ scheduledTime }) => scheduledTime);

    expect(await times()).toEqual(['2026-02-28T00:00:00Z', '2026-03-01T00:00:00Z']);
    const read = files.reads.length;
    await times();
    expect(files.reads.length).toBe(read);

    files.put('models/driftline-status.json', status(record('2026-03-03T00:00:00Z')));
    await store.refresh();
    await times();
    expect(files.reads.slice(read).sort()).toEqual([
      'models/driftline-status.json',
      'results/shop/shop-quality/executions/2026-02.json',
      'results/shop/shop-quality/executions/2026-03.json',
    ]);
  });

  it('reads again only what has changed', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    const { config } = store;
    files.reads.length = 0;
    await store.refresh();
    expect(files.reads).toEqual([]);
    files.put('models/driftline-status.json', status(record('2026-03-03T00:00:00Z')));
    await store.refresh();
    expect(files.reads).toEqual(['models/driftline-status.json']);
    expect(store.config).toBe(config);
    files.put('models/driftline.yaml', yaml.replace('idle', 'quiet'));
    await store.refresh();
    expect(files.reads).toEqual(['models/driftline-status.json', 'models/driftline.yaml']);
    expect(Object.keys(store.config?.endpoints ?? {})).toEqual(['shop', 'quiet']);
  });

  it('knows when a history begins, and reads no more than its oldest month for it', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    const before = files.reads.length;
    expect((await store.historyStart('shop-quality'))?.toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(files.reads.slice(before)).toEqual(['results/shop/shop-quality/executions/2026-02.json']);
    expect(await store.historyStart('nobody')).toBeUndefined();
  });

  it('reads a report once, and says in words why one cannot be read', async () => {
    const store = new ProjectStore('models', serverFiles(), trans, refuse);
    await store.refresh();

    expect(await store.report('shop-quality', record('2026-03-02T00:00:00Z'))).toMatchObject({
      report: { headline: sampleReport().headline },
    });
    const missing = await store.report('shop-quality', record('2026-03-01T00:00:00Z'));
    expect('problem' in missing && missing.problem.what).toContain('No such file');
  });

  it('keeps the last good state and says what is wrong when the file breaks', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    files.put('models/driftline.yaml', yaml.replace('type: data-quality', 'type: data-qualty'));
    await store.refresh();

    expect(store.problem).toContain('7:11 monitors.shop-quality.type');
    expect(Object.keys(store.config?.endpoints ?? {})).toEqual(['shop', 'idle']);
  });

  it('changes the project file only into a valid one', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    await expect(store.changeConfig((text) => text.replace('version: 1', 'version: 2'))).rejects.toThrow('version');
    expect(files.texts.get('models/driftline.yaml')).toBe(yaml);

    await store.changeConfig((text) => text.replace('capture/idle', 'capture/other'));
    expect(store.config?.endpoints['idle']?.capture).toBe('capture/other');
  });

  it('adds to the annotations that are on the disk', async () => {
    const files = serverFiles();
    const store = new ProjectStore('models', files, trans, refuse);
    await store.refresh();
    const event = { time: '2026-03-01T00:00:00Z', kind: 'deployment', text: '<b>v2</b>' } as const;
    await store.annotate((all) => ({ ...all, events: [...all.events, { id: 'a', ...event }] }));
    await store.annotate((all) => ({ ...all, events: [...all.events, { id: 'b', ...event }] }));

    expect(store.annotations.events.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(JSON.parse(files.texts.get('models/driftline-annotations.json') ?? '').events).toHaveLength(2);
  });
});

describe('ProjectRegistry', () => {
  it('finds projects in folders, not in hidden ones nor inside other projects', async () => {
    const files = new MemoryFiles({
      'a/driftline.yaml': yaml,
      'a/inner/driftline.yaml': yaml,
      'b/c/driftline.yaml': yaml,
      '.hidden/driftline.yaml': yaml,
      'd/e/f/g/driftline.yaml': yaml,
    });
    expect(await new ProjectRegistry(files, trans, refuse).search()).toEqual(['a', 'b/c']);
  });

  it('opens each project once, by folder or by file', async () => {
    const registry = new ProjectRegistry(serverFiles(), trans, refuse);
    const store = await registry.open('models/driftline.yaml');
    expect(await registry.open('/models/')).toBe(store);
    expect(registry.projects).toEqual([store]);
    registry.close('models');
    expect(registry.projects).toEqual([]);
  });
});
