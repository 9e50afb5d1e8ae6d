// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnnotationsFile } from '../../../../kernel-lib/src/project/annotations.js';
import type { HoursFile } from '../../../../kernel-lib/src/report/hours.js';
import { type ShownPanel, settle, showDashboard } from '../../support/dashboard.js';
import { endpointWith, fleet, fleetExecutions, fleetMeasures, fleetStatus, fleetYaml } from '../../support/fleet.js';
import { figure, press, tableOf, texts } from '../../support/render-report.js';
import { chartOptions } from '../../support/stand-in-chart.js';

vi.mock('../../../../jupyter-extension/src/widgets/plotly-widget.js', async () => {
  const { StandInChart } = await import('../../support/stand-in-chart.js');
  return { PlotlyWidget: StandInChart };
});

let panel: ShownPanel;
const endpoint = endpointWith('data-quality', 'violations');
const open = async (args: Parameters<typeof showDashboard>[1], files = fleet()): Promise<HTMLElement> => {
  panel = await showDashboard(files, args);
  return panel.node;
};
const shownTab = (node: HTMLElement): HTMLElement => node.querySelector<HTMLElement>('[role=tabpanel]:not([hidden])')!;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T12:00:00Z') });
});
afterEach(async () => {
  panel.close();
  await settle();
  vi.useRealTimers();
});

describe('the head', () => {
  it('says how each monitor stands, and where capture and model lie', async () => {
    const node = await open({ endpoint });
    const violations = fleetStatus.monitors[`${endpoint}-data-quality`]?.violations;
    expect(texts(node, '.driftline-state')).toEqual([
      `Data quality${violations} violations`,
      'Model qualityno violations',
      'Biasno violations',
      'Attributionno violations',
    ]);
    expect(texts(node, '.driftline-locations .driftline-fact')).toEqual([
      `Capturecapture/${endpoint}`,
      'Ground truthnot known',
      'Modelnot known',
    ]);
  });

  it('leads to the tab of a monitor', async () => {
    const node = await open({ endpoint });
    press(node, /^Model quality/);
    await settle();
    expect(node.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Model quality');
    expect(panel.remembered.at(-1)).toMatchObject({ endpoint, tab: 'model-quality' });
  });

  it('follows the project: what ran meanwhile is there, and the reader is where he was', async () => {
    const files = fleet();
    const node = await open({ endpoint, tab: 'executions' }, files);
    const tab = node.querySelector<HTMLElement>('[role=tab][aria-selected=true]')!;
    tab.focus();
    const monitor = `${endpoint}-model-quality`;
    const status = structuredClone(fleetStatus) as { monitors: Record<string, { last: { outcome: string } }> };
    status.monitors[monitor]!.last.outcome = 'failed';
    files.put('p/driftline-status.json', JSON.stringify({ ...status, updatedAt: '2026-05-01T12:00:00Z' }));
    await panel.projects.refresh();
    await settle();
    expect(texts(node, '.driftline-state')[1]).toBe('Model qualityfailed');
    expect(document.activeElement).toBe(tab);
  });

  it('says which endpoints there are when there is none of that name', async () => {
    await expect(showDashboard(fleet(), { endpoint: 'nobody' })).rejects.toThrow(
      /has no endpoint "nobody"; it has: churn-eu-01/,
    );
  });
});

describe('the range', () => {
  const inputs = (node: HTMLElement): string[] =>
    [...node.querySelectorAll<HTMLInputElement>('.driftline-range input')].map(({ value }) => value);

  it('is the week until the newest data where nothing ran lately', async () => {
    const node = await open({ endpoint });
    expect(inputs(node)).toEqual(['2026-03-13T00:00', '2026-03-20T00:00']);
    expect(texts(node, '.driftline-range [aria-pressed=true]')).toEqual(['7 days', 'latest data']);
  });

  it('changes by presets, and is remembered', async () => {
    const node = await open({ endpoint });
    press(node, /^30 days$/);
    await settle();
    expect(inputs(node)[0]).toBe('2026-02-18T00:00');
    expect(panel.remembered.at(-1)).toMatchObject({ last: 'month', until: 'latest' });
    press(node, /^All$/);
    await settle();
    expect(inputs(node)).toEqual(['2026-03-12T00:00', '2026-03-20T00:00']);
    press(node, /^now$/);
    await settle();
    expect(inputs(node)[1]).toBe('2026-05-01T12:00');
  });

  it('changes by typing, and not to one that ends before it begins', async () => {
    const node = await open({ endpoint });
    const [from, to] = [...node.querySelectorAll<HTMLInputElement>('.driftline-range input')] as [
      HTMLInputElement,
      HTMLInputElement,
    ];
    from.value = '2026-03-15T06:00';
    from.dispatchEvent(new Event('change'));
    await settle();
    expect(panel.remembered.at(-1)).toMatchObject({ from: '2026-03-15T06:00:00.000Z', to: '2026-03-20T00:00:00.000Z' });
    to.value = '2026-03-14T00:00';
    to.dispatchEvent(new Event('change'));
    await settle();
    expect(node.querySelector('.driftline-range-message')?.textContent).toBe('The range must begin before it ends.');
    expect(panel.remembered.at(-1)).toMatchObject({ from: '2026-03-15T06:00:00.000Z' });
  });

  it('changes by dragging over a chart, for all of them', async () => {
    const node = await open({ endpoint, tab: 'data-quality' });
    chartOptions(figure(shownTab(node), /^Distance from the baseline/)).onBrush?.(
      '2026-03-16T00:00:00Z',
      '2026-03-18T00:00:00Z',
    );
    await settle();
    expect(inputs(node)).toEqual(['2026-03-16T00:00', '2026-03-18T00:00']);
    const windows = tableOf(figure(shownTab(node), /over time$/)).map(([window]) => window);
    expect(windows).toEqual([
      '16 Mar 2026, 00:00 to 17 Mar 2026, 00:00 UTC',
      '17 Mar 2026, 00:00 to 18 Mar 2026, 00:00 UTC',
    ]);
    press(node, /^Back$/);
    await settle();
    expect(inputs(node)).toEqual(['2026-03-13T00:00', '2026-03-20T00:00']);
    expect(panel.remembered.at(-1)).toMatchObject({ last: 'week', until: 'latest' });
  });

  it('comes back with the tab', async () => {
    const node = await open({ endpoint, tab: 'bias', from: '2026-03-15T00:00:00Z', to: '2026-03-17T00:00:00Z' });
    expect(inputs(node)).toEqual(['2026-03-15T00:00', '2026-03-17T00:00']);
    expect(node.querySelector('[role=tab][aria-selected=true]')?.textContent).toBe('Bias');
  });

  it('without data says when the newest is, and goes there', async () => {
    const node = await open({
      endpoint,
      tab: 'data-quality',
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
    });
    expect(shownTab(node).textContent).toContain('has no data in this range.');
    expect(shownTab(node).textContent).toContain('Its newest window ends 20 Mar 2026, 00:00 UTC.');
    press(shownTab(node), /^Show the newest$/);
    await settle();
    expect(inputs(node)[1]).toBe('2026-03-20T00:00');
    expect(figure(shownTab(node), /^Distance from the baseline/)).toBeDefined();
  });
});

describe('the overview', () => {
  it('has a card for each monitor with its worst findings, which lead to everything about them', async () => {
    const node = await open({ endpoint });
    const status = fleetStatus.monitors[`${endpoint}-data-quality`]!;
    const [card] = [...node.querySelectorAll<HTMLElement>('.driftline-card')];
    expect(texts(card!, '.driftline-card-findings button')).toEqual(
      status.last.violations.map(({ feature }) => feature),
    );
    expect(card?.textContent).toContain(`: ${status.trend.violations.join(', ')}`);
    expect(texts(card!, '.driftline-fact')).toEqual([
      'Last window19 Mar 2026, 00:00 to 20 Mar 2026, 00:00 UTC',
      'Next execution2 May 2026, 00:00 UTC',
    ]);
    card?.querySelector<HTMLElement>('.driftline-card-findings button')?.click();
    expect(panel.called.at(-1)).toEqual([
      'driftline:open-violation',
      {
        project: 'p',
        monitor: `${endpoint}-data-quality`,
        scheduledTime: status.last.scheduledTime,
        violation: status.last.violations[0]?.id,
      },
    ]);
  });

  it('leads from a card to the violations for which it has no room', async () => {
    const status = structuredClone(fleetStatus) as { monitors: Record<string, { violations: number }> };
    const { last } = fleetStatus.monitors[`${endpoint}-data-quality`]!;
    status.monitors[`${endpoint}-data-quality`]!.violations = last.violations.length + 2;
    const node = await open({ endpoint }, fleet({ 'driftline-status.json': JSON.stringify(status) }));
    press(node, /^2 more in the report/);
    const { scheduledTime } = last;
    const args = { project: 'p', monitor: `${endpoint}-data-quality`, scheduledTime };
    expect(panel.called.at(-1)).toEqual(['driftline:open-execution', args]);
  });

  it('shows what executions came to, out of the status alone', async () => {
    const files = fleet();
    const node = await open({ endpoint }, files);
    const rows = tableOf(figure(node, 'What they came to'));
    expect(rows).toHaveLength(28);
    const { trend } = fleetStatus.monitors[`${endpoint}-data-quality`]!;
    expect(rows.slice(0, 7).map(([, , , violations]) => Number(violations))).toEqual(trend.violations.slice(1));
    expect(files.reads.filter((file) => file.includes('/reports/'))).toEqual([]);
  });

  it('an event is added, is listed, and is removed', async () => {
    const node = await open({ endpoint });
    const form = node.querySelector('form')!;
    expect(form.hidden).toBe(true);
    press(node, /^Add event$/);
    const [kind, text] = [form.querySelector('select')!, form.querySelector<HTMLInputElement>('input[type=text]')!];
    expect(document.activeElement).toBe(text);
    form.querySelector<HTMLInputElement>('input[type=datetime-local]')!.value = '2026-03-16T10:30';
    kind.value = 'deployment';
    text.value = '<b>model 2</b>';
    form.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    const written = JSON.parse(panel.files.texts.get('p/driftline-annotations.json')!) as AnnotationsFile;
    expect(written.events).toEqual([
      {
        id: expect.any(String),
        time: '2026-03-16T10:30:00.000Z',
        kind: 'deployment',
        text: '<b>model 2</b>',
        endpoint,
      },
    ]);
    expect(form.hidden).toBe(true);
    const events = (): HTMLElement => [...node.querySelectorAll('section')].at(-1)!;
    expect(texts(events(), 'tbody th, tbody td')).toEqual([
      '16 Mar 2026, 10:30 UTC',
      'deployment',
      '<b>model 2</b>',
      'Remove',
    ]);
    press(events(), /^Remove$/);
    await settle();
    expect(events().textContent).toContain('None.');
  });
});

describe('data quality', () => {
  const measures = fleetMeasures(endpoint, 'data-quality');
  const newest = measures.executions.at(-1)!;

  it('has the features worst first, with the executions in which they were violated', async () => {
    const node = await open({ endpoint, tab: 'data-quality' });
    const rows = tableOf(figure(shownTab(node), /^Distance from the baseline/));
    const violated = (name: string): number => {
      const place = measures.subjects.findIndex(({ title }) => title === name);
      return measures.executions.slice(1).filter((execution) => execution.violated.includes(place)).length;
    };
    expect(rows).toHaveLength(6);
    expect(rows.map(([name, count]) => [name, Number(count)])).toEqual(rows.map(([name]) => [name, violated(name!)]));
    expect(violated(rows[0]![0]!)).toBeGreaterThan(0);
    expect(violated(rows.at(-1)![0]!)).toBe(0);
  });

  it('a cell opens the feature in its hour: distributions, completeness, categories that came and went', async () => {
    const place = 1;
    const { hours, distance, rows } = newest.hourly!;
    const name = measures.subjects[place]!.title;
    const content: HoursFile = {
      schema: 'driftline.hours',
      version: 1,
      hours,
      rows,
      features: [
        {
          name,
          present: hours.map(() => 3),
          missing: hours.map(() => 1),
          distribution: {
            kind: 'categorical',
            categories: ['<b>old</b>', 'kept', 'new'],
            baseline: [50, 50, 0],
            current: hours.map(() => [0, 1, 2]),
            unseen: [2],
            distinct: hours.map(() => 2),
            baselineDistinct: 2,
          },
        },
      ],
    };
    const file = `reports/${endpoint}/${endpoint}-data-quality/2026/03/20/00/hours.json`;
    const node = await open({ endpoint, tab: 'data-quality' }, fleet({ [file]: JSON.stringify(content) }));
    const tab = shownTab(node);
    chartOptions(figure(tab, /^Distance from the baseline/)).onClick?.([place, hours[5]]);
    await settle();
    const part = tab.querySelector<HTMLElement>('.driftline-hour')!;
    expect(part.querySelector('select')?.value).toBe(name);
    expect(part.querySelector('.driftline-hour-time')?.textContent).toBe('19 Mar 2026, 05:00 UTC');
    expect(texts(part, '.driftline-fact')).toEqual([
      `Distance${distance[place]![5]!.toFixed(3)}threshold 0.1`,
      `Rows${rows[5]}`,
      'Completeness75.0 %100 % in the baseline',
      'Different values22 in the baseline',
      'Categories that camenew',
      'Categories that went<b>old</b>',
    ]);
    expect(tableOf(figure(part, 'Distribution in this hour')).map((row) => row.slice(0, 2))).toEqual([
      ['new', 'no, new'],
      ['<b>old</b>', 'yes'],
      ['kept', 'yes'],
    ]);
    expect(panel.remembered.at(-1)).toMatchObject({ feature: name, hour: hours[5] });

    press(part, /^›$/);
    await settle();
    expect(tab.querySelector('.driftline-hour-time')?.textContent).toBe('19 Mar 2026, 06:00 UTC');
    expect((document.activeElement as HTMLElement | null)?.getAttribute('aria-label') ?? '').not.toBe('Earlier hour');
  });

  it('without distributions of the hours shows those of the window, and says so', async () => {
    const node = await open({ endpoint, tab: 'data-quality' });
    const part = shownTab(node).querySelector<HTMLElement>('.driftline-hour')!;
    expect(part.textContent).toContain('were not kept for this window');
    expect(figure(part, 'Distribution in this window')).toBeDefined();
  });

  it('opens at a feature and an hour that were asked for, in the execution of that hour', async () => {
    const before = measures.executions.at(-2)!;
    const { title } = measures.subjects[2]!;
    const hour = before.hourly!.hours[7]!;
    const node = await open({ endpoint, tab: 'data-quality', feature: title, hour });
    const [feature, execution] = [...shownTab(node).querySelectorAll('select')];
    expect(feature?.value).toBe(title);
    expect(execution?.value).toBe(before.scheduledTime);
    expect(shownTab(node).querySelector('.driftline-hour-time')?.textContent).toContain('18 Mar 2026');
  });

  it('shows the chosen feature in the whole window, as the report says it', async () => {
    const node = await open({ endpoint, tab: 'data-quality' });
    const part = shownTab(node).querySelector<HTMLElement>('.driftline-execution-part')!;
    expect(part.querySelector('h4')?.textContent).toBe(shownTab(node).querySelector('select')?.value);
    expect(part.querySelector('.driftline-title .driftline-status')?.textContent).toBe('violated');
  });
});

describe('model quality', () => {
  it('has the metrics, the violated ones first, each against time, and below what an execution found', async () => {
    const name = endpointWith('model-quality', 'violations');
    const measures = fleetMeasures(name, 'model-quality');
    const node = await open({ endpoint: name, tab: 'model-quality' });
    const tab = shownTab(node);
    const violated = measures.executions.at(-1)!.violated.map((place) => measures.subjects[place]!.title);
    expect(texts(tab, '.driftline-list .driftline-name').slice(0, violated.length)).toEqual(violated);
    const place = measures.subjects.findIndex(({ title }) => title === violated[0]);
    const rows = tableOf(figure(tab, `${violated[0]} over time`));
    expect(rows.map((row) => row[2])).toEqual(
      measures.executions.slice(1).map(({ value }) => value[place]!.toFixed(3)),
    );
    expect(texts(tab, 'h3')).toEqual(expect.arrayContaining(['In one execution', 'Predictions against labels']));
  });

  it('opens at the metric that was asked for, and keeps the choice when the range changes', async () => {
    const name = endpointWith('model-quality', 'violations');
    const node = await open({ endpoint: name, tab: 'model-quality', feature: 'auc' });
    const heading = (): string | null | undefined => shownTab(node).querySelector('.driftline-detail h4')?.textContent;
    expect(heading()).toBe('Area under the ROC curve');
    press(node, /^All$/);
    await settle();
    expect(heading()).toBe('Area under the ROC curve');
  });

  it('a window in the table chooses the execution below', async () => {
    const name = endpointWith('model-quality', 'violations');
    const node = await open({ endpoint: name, tab: 'model-quality' });
    const chart = figure(shownTab(node), /over time$/);
    tableOf(chart);
    chart.querySelector<HTMLElement>('tbody th button')?.click();
    await settle();
    const chosen = shownTab(node).querySelector<HTMLSelectElement>('.driftline-execution-bar select')?.value;
    expect(chosen).toBe(fleetExecutions(name, 'model-quality').executions[1]?.scheduledTime);
    expect(shownTab(node).textContent).toContain('The report of this execution cannot be read');
  });
});

describe('bias', () => {
  it('shows a metric against time for every group', async () => {
    const name = endpointWith('model-bias', 'violations');
    const measures = fleetMeasures(name, 'model-bias');
    const node = await open({ endpoint: name, tab: 'bias' });
    const detail = shownTab(node).querySelector<HTMLElement>('.driftline-detail')!;
    const metric = detail.querySelector('h4')!.textContent!.split(',')[0]!;
    const own = measures.subjects.flatMap((subject, place) =>
      subject.key.endsWith(`/${metric}`) ? [{ subject, place }] : [],
    );
    expect(texts(detail, 'h5')).toEqual(own.map(({ subject }) => subject.facet));
    const [first] = own;
    const rows = tableOf(figure(detail, first!.subject.facet!));
    const values = measures.executions.slice(1).map(({ value }) => value[first!.place]!);
    expect(rows.map((row) => Number(row[2]!.replace('−', '-')))).toEqual(
      values.map((value) => Number(value.toFixed(3))),
    );
  });
});

describe('attribution', () => {
  it('has the ranking of baseline and current, and the course of nDCG and of shares', async () => {
    const name = endpointWith('model-explainability', 'violations');
    const measures = fleetMeasures(name, 'model-explainability');
    const node = await open({ endpoint: name, tab: 'attribution' });
    const tab = shownTab(node);
    const ranks = tableOf(figure(tab, 'Places, baseline against current'));
    const newest = measures.executions.at(-1)!;
    const byRank = measures.subjects
      .flatMap(({ kind, title }, place) => (kind === 'share' ? [{ title, rank: newest.rank![place]! }] : []))
      .sort((a, b) => a.rank - b.rank);
    expect(ranks.map(([feature, , now]) => [feature, Number(now)])).toEqual(
      byRank.map(({ title, rank }) => [title, rank]),
    );
    const ndcg = measures.subjects.findIndex(({ kind }) => kind === 'ranking');
    const rows = tableOf(figure(tab, /nDCG against its limit$/));
    expect(Number(rows.at(-1)![2])).toBeCloseTo(newest.value[ndcg]!, 2);
  });
});

describe('executions', () => {
  it('are listed with state, rows and duration, filtered by monitor and state, and open their report', async () => {
    const node = await open({ endpoint, tab: 'executions' });
    const tab = shownTab(node);
    const rows = (): Element[] => [...tab.querySelectorAll('tbody tr')];
    expect(rows()).toHaveLength(28);
    expect(tab.querySelector('[role=status]')?.textContent).toBe('28 of 28 executions');
    const [monitor, state] = [...tab.querySelectorAll('select')];
    state!.value = 'violations';
    state!.dispatchEvent(new Event('change'));
    const found = fleetExecutions(endpoint, 'data-quality').executions.filter(
      ({ outcome }) => outcome === 'violations',
    );
    expect(rows()).toHaveLength(found.length);
    const newest = found.at(-1)!;
    expect([...rows()[0]!.children].slice(0, 3).map(({ textContent }) => textContent)).toEqual([
      '19 Mar 2026, 00:00 to 20 Mar 2026, 00:00 UTC',
      `${newest.violations.length} violations`,
      'Data quality',
    ]);
    expect(rows()[0]?.textContent).toContain('4 s');
    tab.querySelector<HTMLElement>('tbody th button')?.click();
    expect(panel.called.at(-1)).toEqual([
      'driftline:open-execution',
      { project: 'p', monitor: `${endpoint}-data-quality`, scheduledTime: newest.scheduledTime },
    ]);
    monitor!.value = `${endpoint}-model-bias`;
    monitor!.dispatchEvent(new Event('change'));
    expect(tab.textContent).toContain('No execution is of this monitor and state.');
  });
});

describe('what is not there', () => {
  it('a type without a monitor says so, one press from setting it up', async () => {
    const name = Object.keys(fleetStatus.monitors)
      .map((monitor) => fleetStatus.monitors[monitor]!.endpoint)
      .find((each) => fleetStatus.monitors[`${each}-model-bias`] === undefined)!;
    const node = await open({ endpoint: name, tab: 'bias' });
    expect(shownTab(node).textContent).toContain('This endpoint has no monitor of this type: bias.');
    press(shownTab(node), /^Set up a monitor$/);
    expect(panel.called.at(-1)).toEqual(['driftline:set-up', { project: 'p', endpoint: name }]);
  });

  it('a monitor that never ran can be run', async () => {
    const monitor = `${endpoint}-model-quality`;
    const { [monitor]: _, ...monitors } = fleetStatus.monitors;
    const files = fleet({ 'driftline-status.json': JSON.stringify({ ...fleetStatus, monitors }) });
    const node = await open({ endpoint, tab: 'model-quality' }, files);
    expect(texts(node, '.driftline-state')[1]).toBe('Model qualitynever run');
    press(shownTab(node), /^Run now$/);
    expect(panel.called.at(-1)).toEqual(['driftline:run-monitor', { project: 'p', monitor }]);
  });

  it('of several monitors of one type one is shown, and another can be chosen', async () => {
    const second = `${endpoint}-second`;
    const yaml = `${fleetYaml}  ${second}:\n    type: data-quality\n    endpoint: ${endpoint}\n    baseline: b\n    schedule: cron(0 0 ? * * *)\n    output: reports\n`;
    const node = await open({ endpoint, tab: 'data-quality' }, fleet({ 'driftline.yaml': yaml }));
    const select = shownTab(node).querySelector('select')!;
    expect([...select.options].map(({ value }) => value)).toEqual([`${endpoint}-data-quality`, second]);
    select.value = second;
    select.dispatchEvent(new Event('change'));
    await settle();
    expect(shownTab(node).textContent).toContain(`The monitor "${second}" has never run.`);
    expect(panel.remembered.at(-1)).toMatchObject({ tab: 'data-quality', monitor: second });
  });

  it('a history that cannot be read is a problem in words', async () => {
    const file = `reports/${endpoint}/${endpoint}-data-quality/measures/2026-03.json`;
    const node = await open({ endpoint, tab: 'data-quality' }, fleet({ [file]: '{"schema":' }));
    expect(shownTab(node).querySelector('[role=alert]')?.textContent).toContain('This monitor cannot be shown');
  });
});
