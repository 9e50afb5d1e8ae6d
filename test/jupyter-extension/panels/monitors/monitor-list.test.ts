import { beforeAll, describe, expect, it } from 'vitest';
import {
  type EndpointEntry,
  endpointEntries,
  summaryOf,
} from '../../../../jupyter-extension/src/panels/monitors/monitor-entries.js';
import {
  kindCounts,
  type ListView,
  listRows,
  type ProjectGroup,
  violatedEndpoints,
} from '../../../../jupyter-extension/src/panels/monitors/monitor-list.js';
import { defaultView } from '../../../../jupyter-extension/src/panels/monitors/monitors-memory.js';
import * as library from '../../../../kernel-lib/src/browser.js';
import { fleetFiles } from '../../../support/fleet-project.js';

const now = new Date('2026-03-09T12:00:00Z');
let fleet: readonly EndpointEntry[];
let status: ReturnType<typeof library.parseStatus>;

function entriesOf(path: string, yaml: string, statusText?: string, decisions: library.ViolationDecision[] = []) {
  const config = library.parseProjectFile(yaml, 'driftline.yaml');
  const latest = statusText === undefined ? undefined : library.parseStatus(statusText, 'status');
  return endpointEntries({ path, config, status: latest, annotations: { decisions } }, library, {
    now,
    isRunning: (_project, monitor) => monitor === 'shop-dq',
  });
}

const small = `version: 1
endpoints:
  shop: { capture: c }
  bare: { capture: c }
monitors:
  shop-dq: { type: data-quality, endpoint: shop, baseline: b, schedule: cron(0 6 ? * * *), output: o }
  shop-dq-2: { type: data-quality, endpoint: shop, baseline: b, schedule: cron(0 0 ? * * *), output: o }
`;

const rowsOf = (groups: readonly ProjectGroup[], view: Partial<ListView> = {}) =>
  listRows(groups, { ...defaultView, ...view }, library.stateRank);
const endpointsOf = (groups: readonly ProjectGroup[], view: Partial<ListView> = {}) =>
  rowsOf(groups, view).flatMap((row) => (row.kind === 'endpoint' ? [row] : []));

beforeAll(() => {
  const files = new Map(fleetFiles({ endpoints: 500, detailed: 0 }));
  fleet = entriesOf('fleet', files.get('driftline.yaml')!, files.get('driftline-status.json')!);
  status = library.parseStatus(files.get('driftline-status.json')!, 'status');
});

describe('endpointEntries()', () => {
  it('gives every endpoint at least one place of each type, and what runs next', () => {
    const [shop, bare] = entriesOf('p', small);
    expect(shop?.monitors.map(({ type, name }) => [type, name])).toEqual([
      ['data-quality', 'shop-dq'],
      ['data-quality', 'shop-dq-2'],
      ['model-quality', undefined],
      ['model-bias', undefined],
      ['model-explainability', undefined],
    ]);
    expect(shop?.monitors.map(({ next }) => next).slice(0, 3)).toEqual([
      '2026-03-10T06:00:00.000Z',
      '2026-03-10T00:00:00.000Z',
      undefined,
    ]);
    expect(shop?.monitors.map(({ running }) => running)).toEqual([true, false, false, false, false]);
    expect(bare?.monitors.map(({ state }) => state.kind)).toEqual(Array(4).fill('not-configured'));
  });

  it('has the violations of the status for each of 500 endpoints', () => {
    expect(fleet).toHaveLength(500);
    for (const { name, monitors } of fleet) {
      for (const { name: monitor, state } of monitors) {
        if (monitor === undefined) continue;
        expect(state.violations, `${name} ${monitor}`).toBe(status.monitors[monitor]?.violations ?? 0);
      }
    }
    const violated = new Set(
      Object.values(status.monitors).flatMap(({ last, endpoint }) => (last.outcome === 'violations' ? [endpoint] : [])),
    );
    expect(violatedEndpoints([{ path: 'fleet', endpoints: fleet }])).toBe(violated.size);
    expect(violated.size).toBeGreaterThan(50);
  });

  it('does not count what was accepted', () => {
    const [monitor, state] = Object.entries(status.monitors).find(([, { last }]) => last.violations.length === 1)!;
    const [violation] = state.last.violations;
    const files = new Map(fleetFiles({ endpoints: 500, detailed: 0 }));
    const decision = {
      id: 'd',
      monitor,
      violation: violation!.id,
      kind: 'accepted',
      at: '2026-03-09T01:00:00Z',
    } as const;
    const entries = entriesOf('fleet', files.get('driftline.yaml')!, files.get('driftline-status.json')!, [
      { ...decision, measured: violation!.measured },
    ]);
    const kindOf = (of: readonly EndpointEntry[]) =>
      of.flatMap(({ monitors }) => monitors).find(({ name }) => name === monitor)?.state.kind;
    expect([kindOf(fleet), kindOf(entries)]).toEqual(['violations', 'decided']);
  });
});

describe('summaryOf()', () => {
  it('is the worst of the monitors there are, and "not configured" where there is none', () => {
    const [shop, bare] = entriesOf('p', small);
    expect(summaryOf(shop!.monitors, library.stateRank)).toEqual({
      kind: 'never-run',
      count: 2,
      violations: 0,
      last: undefined,
    });
    expect(summaryOf(bare!.monitors, library.stateRank).kind).toBe('not-configured');
  });
});

describe('listRows()', () => {
  const group = (): ProjectGroup[] => [{ path: 'fleet', endpoints: fleet }];

  it('has the worst endpoints first: failed, then by number of violations', () => {
    const rows = endpointsOf(group());
    const ranks = rows.map(({ summary }) => library.stateRank(summary.kind));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const violated = rows
      .filter(({ summary }) => summary.kind === 'violations')
      .map(({ summary }) => summary.violations);
    expect(violated).toEqual([...violated].sort((a, b) => b - a));
    expect(rows[0]).toMatchObject({ level: 1, position: 1, setSize: 500, expanded: false });
  });

  it('sorts by name as people count, and by the latest execution', () => {
    const names = endpointsOf(group(), { sort: 'name' }).map(({ entry }) => entry.name);
    expect(names.slice(0, 3)).toEqual(['churn-apac-01', 'churn-apac-02', 'churn-apac-03']);
    const last = endpointsOf(group(), { sort: 'last' }).map(({ summary }) => summary.last ?? '');
    expect(last).toEqual([...last].sort().reverse());
  });

  it('finds every word of a search in names of endpoints and monitors, in any case', () => {
    expect(endpointsOf(group(), { search: ' FRAUD  us-0' }).every(({ entry }) => /^fraud-us-0/.test(entry.name))).toBe(
      true,
    );
    expect(endpointsOf(group(), { search: 'fraud-us-03 bias' })).toHaveLength(1);
    expect(endpointsOf(group(), { search: 'no such' })).toEqual([]);
  });

  it('leaves the monitors of the chosen states and type, and sorts by those', () => {
    const failed = endpointsOf(group(), { kinds: ['failed'] });
    expect(failed.flatMap(({ monitors }) => monitors).every(({ state }) => state.kind === 'failed')).toBe(true);
    expect(failed.flatMap(({ monitors }) => monitors)).toHaveLength(kindCounts(group(), defaultView).get('failed')!);
    const bias = endpointsOf(group(), { type: 'model-bias' });
    expect(bias).toHaveLength(500);
    expect(bias.every(({ monitors }) => monitors.length === 1 && monitors[0]?.type === 'model-bias')).toBe(true);
    const both = endpointsOf(group(), { type: 'model-bias', kinds: ['not-configured'] });
    expect(both.map(({ entry }) => entry.name).length).toBe(
      kindCounts(group(), { ...defaultView, type: 'model-bias' }).get('not-configured'),
    );
  });

  it('opens the monitors of an endpoint that was toggled, and those of few endpoints by itself', () => {
    const [first] = endpointsOf(group());
    const rows = rowsOf(group(), { toggled: [first!.key] });
    expect(rows.slice(0, 6).map(({ kind, level, position }) => [kind, level, position])).toEqual([
      ['endpoint', 1, 1],
      ['monitor', 2, 1],
      ['monitor', 2, 2],
      ['monitor', 2, 3],
      ['monitor', 2, 4],
      ['endpoint', 1, 2],
    ]);
    const few = [{ path: 'p', endpoints: entriesOf('p', small) }];
    expect(rowsOf(few).filter(({ kind }) => kind === 'monitor')).toHaveLength(9);
    expect(rowsOf(few, { toggled: ['endpoint:p:shop', 'endpoint:p:bare'] })).toHaveLength(2);
  });

  it('gives several projects rows of their own, which close', () => {
    const groups = [
      { path: 'a', endpoints: entriesOf('a', small) },
      { path: 'b', endpoints: entriesOf('b', small) },
    ];
    const rows = rowsOf(groups, { toggled: ['project:a'] });
    expect(rows.slice(0, 3).map(({ key, level }) => [key, level])).toEqual([
      ['project:a', 1],
      ['project:b', 1],
      ['endpoint:b:shop', 2],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});
