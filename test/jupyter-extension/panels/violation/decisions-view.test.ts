// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AnnotationsFile } from '../../../../kernel-lib/src/project/annotations.js';
import { sampleReport } from '../../../support/sample-report.js';
import { type OpenViolation, openViolation, press } from '../../support/open-violation.js';
import { moved, projectFiles } from '../../support/project-files.js';
import { section, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const at = '2026-03-06T00:00:00Z';
const hours = 'hours-per-week/baseline_drift_check';
const annotations = 'models/driftline-annotations.json';
const open: OpenViolation[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function view(): Promise<OpenViolation> {
  const opened = await openViolation(projectFiles([{ monitor: 'data', report: sampleReport() }]), ['data', at, hours]);
  open.push(opened);
  return opened;
}

const stands = ({ node }: OpenViolation): HTMLElement => section(node, 'How it stands');
const stored = ({ files }: OpenViolation): AnnotationsFile =>
  JSON.parse(files.texts.get(annotations)!) as AnnotationsFile;

function fill(opened: OpenViolation, selector: string, value: string): void {
  const field = stands(opened).querySelector<HTMLInputElement>(selector)!;
  field.value = value;
  field.dispatchEvent(new Event('change'));
}

async function submit(opened: OpenViolation): Promise<void> {
  stands(opened)
    .querySelector('form')!
    .dispatchEvent(new Event('submit', { cancelable: true }));
  await opened.settle();
}

describe('Accept as new normal', () => {
  it('is stored in the project with what was measured, is shown, and can be undone', async () => {
    const opened = await view();
    expect(stands(opened).textContent).toContain('Counts as a violation');
    press(stands(opened), 'Accept as new normal');
    expect(stands(opened).querySelector('form')!.textContent).toContain('0.749');
    fill(opened, 'textarea', 'a new form <b>asks</b> for minutes');
    await submit(opened);

    const [decision] = stored(opened).decisions;
    const { measured } = sampleReport().violations.find(({ id }) => id === hours)!;
    expect(decision).toMatchObject({
      monitor: 'data',
      violation: hours,
      kind: 'accepted',
      measured,
      text: 'a new form <b>asks</b> for minutes',
    });
    expect(stands(opened).querySelector('form')).toBeNull();
    expect(stands(opened).textContent).toContain('Does not count now');
    expect(stands(opened).textContent).toContain('Accepted; stored in the project.');
    expect(texts(stands(opened), '.driftline-violation-remark')).toEqual(['a new form <b>asks</b> for minutes']);
    expect(stands(opened).querySelector('b')).toBeNull();

    press(stands(opened), 'Undo: Accepted as the new normal, as long as it is no further off than then.');
    await opened.settle();
    expect(stored(opened).decisions).toEqual([]);
    expect(stands(opened).textContent).toContain('Counts as a violation');
  });

  it('no longer holds for a measure that is further off', async () => {
    const nearer = sampleReport();
    const first = {
      ...nearer,
      violations: nearer.violations.map((each) => (each.id === hours ? { ...each, measured: 0.4 } : each)),
    };
    const files = projectFiles([
      { monitor: 'data', report: moved(first, -1) },
      { monitor: 'data', report: sampleReport() },
    ]);
    const before = await openViolation(files, ['data', '2026-03-05T00:00:00Z', hours]);
    open.push(before);
    press(stands(before), 'Accept as new normal');
    await submit(before);
    const after = await openViolation(files, ['data', at, hours]);
    open.push(after);
    expect(stands(after).textContent).toContain('Counts as a violation');
    expect(stands(after).textContent).toContain('Accepted once, but it is further beyond its limit now: 0.749.');
  });
});

describe('Mute until', () => {
  it('takes a span or a time of one’s own', async () => {
    const opened = await view();
    press(stands(opened), 'Mute until …');
    fill(opened, 'select', '3');
    const before = Date.now();
    await submit(opened);
    const [three] = stored(opened).decisions;
    expect(three).toMatchObject({ kind: 'muted', violation: hours });
    expect(Math.round((Date.parse(three!.until!) - before) / 3_600_000)).toBe(72);
    expect(three).not.toHaveProperty('measured');
    expect(stands(opened).textContent).toContain('Does not count now');

    press(stands(opened), 'Mute until …');
    expect(
      stands(opened).querySelector<HTMLElement>('input')!.closest<HTMLElement>('.driftline-violation-field')!.hidden,
    ).toBe(true);
    fill(opened, 'select', 'time');
    expect(
      stands(opened).querySelector<HTMLElement>('input')!.closest<HTMLElement>('.driftline-violation-field')!.hidden,
    ).toBe(false);
    fill(opened, 'input', '2099-04-01T10:30');
    await submit(opened);
    expect(stored(opened).decisions.at(-1)!.until).toBe('2099-04-01T10:30:00.000Z');
    expect(stands(opened).textContent).toContain('Muted until 1 Apr 2099, 10:30.');
  });
});

describe('Add a note', () => {
  it('stores remarks beside each other; the violation goes on to count', async () => {
    const opened = await view();
    for (const note of ['first', 'second']) {
      press(stands(opened), 'Add a note');
      fill(opened, 'textarea', note);
      await submit(opened);
    }
    expect(stored(opened).decisions.map(({ kind, text }) => [kind, text])).toEqual([
      ['note', 'first'],
      ['note', 'second'],
    ]);
    expect(texts(stands(opened), '.driftline-violation-remark')).toEqual(['first', 'second']);
    expect(stands(opened).textContent).toContain('Counts as a violation');
  });

  it('is not stored empty, and not when it is cancelled', async () => {
    const opened = await view();
    press(stands(opened), 'Add a note');
    fill(opened, 'textarea', '  ');
    await submit(opened);
    press(stands(opened), 'Cancel');
    await opened.settle();
    expect(stands(opened).querySelector('form')).toBeNull();
    expect(document.activeElement?.textContent).toBe('Add a note');
    expect(opened.files.texts.has(annotations)).toBe(false);
  });
});

describe('decisions', () => {
  it('say so when they cannot be stored, and keep what was written', async () => {
    const opened = await view();
    opened.files.write = async () => {
      throw new Error('The folder is read-only.');
    };
    press(stands(opened), 'Add a note');
    fill(opened, 'textarea', 'kept');
    await submit(opened);
    expect(stands(opened).querySelector('[role=alert]')!.textContent).toContain('Not stored: The folder is read-only.');
    expect(stands(opened).querySelector('textarea')!.value).toBe('kept');
  });

  it('made elsewhere are shown as soon as the project is read again', async () => {
    const opened = await view();
    const decision = { id: 'a', monitor: 'data', violation: hours, kind: 'note', at, text: 'seen by somebody else' };
    const content = { schema: 'driftline.annotations', version: 1, events: [], decisions: [decision] };
    opened.files.put(annotations, JSON.stringify(content));
    await opened.projects.refresh();
    expect(texts(stands(opened), '.driftline-violation-remark')).toEqual(['seen by somebody else']);
  });
});
