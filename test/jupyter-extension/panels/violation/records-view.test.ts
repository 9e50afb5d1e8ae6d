// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KernelError } from '../../../../jupyter-extension/src/kernel/kernel-error.js';
import type { RecordsResult } from '../../../../kernel-lib/src/index.js';
import { binaryQualityReport } from '../../../support/model-quality-report.js';
import { sampleReport } from '../../../support/sample-report.js';
import { noRecords, type OpenViolation, openViolation, press, RecordsKernel } from '../../support/open-violation.js';
import { projectFiles } from '../../support/project-files.js';
import { section, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const at = '2026-03-06T00:00:00Z';
const hours = 'hours-per-week/baseline_drift_check';
const open: OpenViolation[] = [];

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const page: RecordsResult = {
  columns: [
    { name: 'time', part: 'record' },
    { name: 'file', part: 'record' },
    { name: 'line', part: 'record' },
    { name: 'probability', part: 'output' },
    { name: 'age', part: 'input' },
    { name: 'hours-per-week', part: 'input' },
  ],
  rows: [
    ['2026-03-05T00:10:00Z', 'capture/shop/2026/03/05/00/a.jsonl', '7', '0.25', '31', '2400'],
    ['2026-03-05T00:20:00Z', 'capture/shop/2026/03/05/00/a.jsonl', '8', '0.5', null, '<img src=x onerror=alert(1)>'],
  ],
  total: 120,
  matching: 120,
  capped: false,
  cap: 10_000,
};

async function view(kernel: RecordsKernel): Promise<OpenViolation> {
  const files = projectFiles([{ monitor: 'data', report: sampleReport() }]);
  const opened = await openViolation(files, ['data', at, hours], { kernel });
  open.push(opened);
  return opened;
}

const idle = (answer: (params: RecordsKernel['asked'][number]) => RecordsResult = () => page): RecordsKernel =>
  new RecordsKernel({ kind: 'idle' }, async (params) => answer(params));
const records = ({ node }: OpenViolation): HTMLElement => section(node, 'The records behind it');
const table = (opened: OpenViolation): string[][] =>
  [...records(opened).querySelectorAll('tbody tr')].map((row) => texts(row, 'th, td'));

describe('the records behind a violation', () => {
  it('wait for the reader where no kernel runs, and are read when they are asked for', async () => {
    const kernel = new RecordsKernel({ kind: 'stopped' }, async () => page);
    const opened = await view(kernel);
    expect(kernel.asked).toEqual([]);
    expect(records(opened).textContent).toContain('Kernel: not running');
    press(records(opened), 'Read the records');
    await opened.settle();
    expect(kernel.asked).toEqual([
      { project: 'models', monitor: 'data', scheduledTime: at, violation: hours, offset: 0, limit: 50, filters: [] },
    ]);
    expect(table(opened)).toHaveLength(2);
  });

  it('are read at once where one runs: the time first, then what it is about, the place in the capture last', async () => {
    const opened = await view(idle());
    expect(texts(records(opened), 'thead th')).toEqual([
      'Time (UTC)',
      'hours-per-week',
      'age',
      'probability',
      'File',
      'Line',
    ]);
    expect(table(opened)[0]).toEqual(['5 Mar 2026, 00:10', '2400', '31', '0.25', '…/00/a.jsonl', '7']);
    expect(records(opened).querySelectorAll('td.driftline-marked')).toHaveLength(2);
    expect(records(opened).textContent).toContain('Records 1 to 2 of 120');
  });

  it('are text, whatever is in them; missing values are a dash', async () => {
    const opened = await view(idle());
    expect(table(opened)[1]!.slice(1, 3)).toEqual(['<img src=x onerror=alert(1)>', '–']);
    expect(records(opened).querySelector('img')).toBeNull();
  });

  it('are sorted by the kernel, by any column and in either direction, from the first page on', async () => {
    const opened = await view(idle());
    press(records(opened), 'Next page');
    await opened.settle();
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 50 });
    const sort = (): void => {
      const header = records(opened).querySelector<HTMLButtonElement>('thead button[title="Sort by age"]')!;
      header.focus();
      header.click();
    };
    sort();
    await opened.settle();
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 0, sort: { column: 4, direction: 'ascending' } });
    expect(document.activeElement?.textContent).toBe('age');
    const sorted = [...records(opened).querySelectorAll('thead th')].map((th) => th.getAttribute('aria-sort'));
    expect(sorted).toEqual(['none', 'none', 'ascending', 'none', 'none', 'none']);
    sort();
    await opened.settle();
    expect(opened.kernel.asked.at(-1)).toMatchObject({ sort: { column: 4, direction: 'descending' } });
    sort();
    await opened.settle();
    expect(opened.kernel.asked.at(-1)).not.toHaveProperty('sort');
  });

  it('are filtered by the kernel: by all columns while something is typed, and by conditions on one', async () => {
    const opened = await view(idle());
    const search = records(opened).querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = '24';
    search.dispatchEvent(new Event('input'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await opened.settle();
    const typed = { operator: 'contains', value: '24' };
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 0, filters: [typed] });
    const [column, operator] = records(opened).querySelectorAll('select');
    // The second column that is shown is the sixth that the kernel knows.
    column!.value = '1';
    operator!.value = 'above';
    records(opened).querySelector<HTMLInputElement>('input[type=text]')!.value = '2000';
    press(records(opened), 'Add');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await opened.settle();
    expect(opened.kernel.asked.at(-1)!.filters).toEqual([typed, { column: 5, operator: 'above', value: '2000' }]);
  });

  it('are turned page by page, in pages of other sizes', async () => {
    const opened = await view(
      idle(({ offset = 0 }) => ({ ...page, rows: offset < 100 ? page.rows : page.rows.slice(1) })),
    );
    const pressed = async (name: string): Promise<void> => {
      press(records(opened), name);
      await opened.settle();
    };
    await pressed('Last page');
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 100, limit: 50 });
    expect(records(opened).textContent).toContain('Records 101 to 101 of 120');
    const disabled = (name: string): boolean =>
      records(opened).querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!.disabled;
    expect([disabled('Next page'), disabled('Last page'), disabled('Previous page')]).toEqual([true, true, false]);
    await pressed('Previous page');
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 50 });
    const size = records(opened).querySelector<HTMLSelectElement>('.driftline-violation-pager select')!;
    size.value = '500';
    size.dispatchEvent(new Event('change'));
    await opened.settle();
    expect(opened.kernel.asked.at(-1)).toMatchObject({ offset: 0, limit: 500 });
  });

  it('say how many meet the conditions, and when there are more than were read', async () => {
    const opened = await view(idle(() => ({ ...page, total: 2, matching: 10_000, capped: true })));
    expect(records(opened).textContent).toContain('Records 1 to 2 of 2 (of 10,000)');
    expect(records(opened).textContent).toContain('There are more than 10,000 records');
    const none = await view(idle(() => ({ ...page, rows: [], total: 0 })));
    expect(table(none)).toEqual([['No record meets the conditions.']]);
    expect(records(none).textContent).toContain('No records of 120');
  });

  it('say what went wrong, where and how to fix it, and can be asked for again', async () => {
    const kernel = idle();
    kernel.answer = async () => {
      throw new KernelError({
        code: 'FILE_NOT_FOUND',
        what: 'The capture is gone.',
        where: 'capture/shop',
        fix: 'Copy it back.',
      });
    };
    const opened = await view(kernel);
    const alert = records(opened).querySelector('[role=alert]')!;
    for (const words of ['The capture is gone.', 'capture/shop', 'Copy it back.'])
      expect(alert.textContent).toContain(words);
    kernel.answer = async () => page;
    press(records(opened), 'Try again');
    await opened.settle();
    expect(table(opened)).toHaveLength(2);
  });

  it('that were cancelled can be asked for again', async () => {
    const kernel = idle();
    kernel.answer = async () => {
      throw new KernelError({ code: 'ABORTED', what: 'Cancelled.' });
    };
    const opened = await view(kernel);
    expect(records(opened).querySelector('[role=alert]')).toBeNull();
    expect(records(opened).textContent).toContain('Cancelled.');
    press(records(opened), 'Try again');
    await opened.settle();
    expect(kernel.asked).toHaveLength(2);
  });

  it('say how the kernel is installed where it is not', async () => {
    const opened = await view(new RecordsKernel({ kind: 'not-installed' }, async () => page));
    expect(records(opened).textContent).toContain('npx driftline kernel install');
    expect(opened.kernel.asked).toEqual([]);
  });

  it('are no longer waited for when the view is closed', async () => {
    const kernel = idle();
    kernel.answer = () => new Promise(() => undefined);
    const opened = await view(kernel);
    opened.close();
    expect(kernel.signals[0]!.aborted).toBe(true);
  });

  it('of a page that was asked for last are shown, whatever came in between', async () => {
    const opened = await view(idle());
    const { kernel } = opened;
    const waiting: ((result: RecordsResult) => void)[] = [];
    kernel.answer = () => new Promise((resolve) => waiting.push(resolve));
    press(records(opened), 'Next page');
    press(records(opened), 'Last page');
    await opened.settle();
    expect(kernel.asked).toHaveLength(2);
    waiting[0]!({ ...page, rows: [] });
    await opened.settle();
    expect(kernel.asked.at(-1)).toMatchObject({ offset: 100 });
    expect(table(opened)).toHaveLength(2);
    waiting[1]!({ ...page, rows: page.rows.slice(1) });
    await opened.settle();
    expect(table(opened)).toHaveLength(1);
  });
});

describe('the records of a segment', () => {
  it('are offered where no single row carries the violation', async () => {
    const kernel = new RecordsKernel({ kind: 'idle' }, async () => noRecords);
    const files = projectFiles([{ monitor: 'quality', report: binaryQualityReport() }]);
    const opened = await openViolation(files, ['quality', at, 'recall/LessThanThreshold'], { kernel });
    open.push(opened);
    expect(kernel.asked.at(-1)).toMatchObject({ monitor: 'quality', scheduledTime: at, segment: 0 });
    const segment = records(opened).querySelector('select')!;
    segment.value = '1';
    segment.dispatchEvent(new Event('change'));
    await opened.settle();
    expect(kernel.asked.at(-1)).toMatchObject({ segment: 1 });
    expect(kernel.asked.at(-1)).not.toHaveProperty('violation');
  });
});
