// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { describe, expect, it } from 'vitest';
import { reportPanel } from '../../../jupyter-extension/src/panels/report-panel.js';
import type { ReportProject } from '../../../jupyter-extension/src/panels/report-project.js';
import { ChartSet } from '../../../jupyter-extension/src/widgets/chart-set.js';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import type { ViolationDecision } from '../../../kernel-lib/src/project/annotations.js';
import { violationState } from '../../../kernel-lib/src/project/violation-state.js';
import { sampleReport } from '../../support/sample-report.js';
import { section, texts } from '../support/render-report.js';
import { trans } from '../support/trans.js';

const report = sampleReport();
const [first, second] = report.violations;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function shown(project: Promise<ReportProject | undefined> | undefined): HTMLElement {
  return reportPanel(report, { trans, charts: new ChartSet(), parts: new LateParts(trans) }, project);
}

function inProject(decisions: ViolationDecision[]): {
  readonly project: ReportProject;
  readonly opened: string[];
  readonly change: () => void;
} {
  const opened: string[] = [];
  const watching: (() => void)[] = [];
  return {
    project: {
      path: 'census',
      stateOf: (violation) => violationState(decisions, 'data', violation, new Date('2026-03-07T00:00:00Z')),
      open: ({ id }) => opened.push(id),
      watch: (changed) => watching.push(changed),
    },
    opened,
    change: () => {
      for (const each of watching) each();
    },
  };
}

const accepted: ViolationDecision = {
  id: 'a',
  monitor: 'data',
  violation: first!.id,
  kind: 'accepted',
  at: '2026-03-06T09:00:00Z',
  measured: first!.measured,
};
const muted: ViolationDecision = {
  id: 'b',
  monitor: 'data',
  violation: second!.id,
  kind: 'muted',
  at: '2026-03-06T09:00:00Z',
  until: '2026-03-10T00:00:00Z',
};

describe('the violations of a report', () => {
  it('have no links and no decisions outside a project', async () => {
    const node = shown(Promise.resolve(undefined));
    await settle();
    const violations = section(node, 'Violations');
    expect(texts(violations, 'thead th')).not.toContain('Records');
    expect(violations.querySelectorAll('.driftline-undeciding')).toHaveLength(1);
  });

  it('lead to their views in a project', async () => {
    const { project, opened } = inProject([]);
    const node = shown(Promise.resolve(project));
    await settle();
    const links = [...section(node, 'Violations').querySelectorAll('button')].filter(
      ({ textContent }) => textContent === 'Follow',
    );
    expect(links).toHaveLength(report.violations.length);
    links[1]!.click();
    expect(opened).toEqual([second!.id]);
    expect(links[1]!.getAttribute('aria-label')).toBe(`Follow the violation of ${second!.feature}`);
  });

  it('say what people decided about them, in the table and at the head of the report', async () => {
    const decisions = [accepted, muted];
    const { project, change } = inProject(decisions);
    const node = shown(Promise.resolve(project));
    await settle();
    const rows = (): string[] => texts(section(node, 'Violations'), 'tbody tr');
    expect(rows()[0]).toContain('Accepted as normal');
    expect(rows()[1]).toContain('Muted until 10 Mar 2026, 00:00');
    expect(node.querySelector('header')!.textContent).toContain('1 of them accepted as normal, 1 of them muted');
    expect(section(node, 'Violations').querySelectorAll('.driftline-undeciding')).toHaveLength(3);

    decisions.splice(0, 2, { ...accepted, kind: 'note', text: 'known' });
    change();
    expect(rows()[0]).toContain('1 note');
    expect(rows()[0]).not.toContain('Accepted');
    expect(node.querySelector('header')!.textContent).not.toContain('of them');
  });

  it('say when something was accepted that has got worse', async () => {
    const { project } = inProject([{ ...accepted, measured: 0.5 }]);
    const node = shown(Promise.resolve(project));
    await settle();
    expect(texts(section(node, 'Violations'), 'tbody tr')[0]).toContain('Further than what was accepted');
  });
});
