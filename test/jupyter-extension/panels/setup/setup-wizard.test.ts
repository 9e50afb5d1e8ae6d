// @vitest-environment jsdom
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DriftlineKernel, KernelState } from '../../../../jupyter-extension/src/kernel/driftline-kernel.js';
import { KernelError } from '../../../../jupyter-extension/src/kernel/kernel-error.js';
import { initialState, type SetupState } from '../../../../jupyter-extension/src/panels/setup/setup-state.js';
import type { SetupContext } from '../../../../jupyter-extension/src/panels/setup/setup-step.js';
import { setupWizard } from '../../../../jupyter-extension/src/panels/setup/setup-wizard.js';
import type { CapturedColumn, SetupInspection } from '../../../../kernel-lib/src/project/setup/inspection.js';
import { possibleMonitors } from '../../../../kernel-lib/src/project/setup/possible-monitors.js';
import { trans } from '../../support/trans.js';

const hostile = '<img src=x onerror=alert(1)>';
const column = (name: string, examples: readonly string[]) =>
  ({ name, type: 'Integral', examples, distinct: examples.length, missing: 0 }) as const;
const captured = (
  part: 'output' | 'input',
  position: number,
  name: string,
  examples: readonly string[],
): CapturedColumn => ({
  ...column(name, examples),
  part,
  position,
  named: false,
  column: name,
  reason: 'By order; the values fit.',
});
const found: Omit<SetupInspection, 'monitors'> = {
  sources: { dataset: 'train.csv', capture: 'capture/loans' },
  endpoint: 'loans',
  dataset: {
    format: 'csv',
    rows: 3,
    more: false,
    columns: [
      column('paid', ['0', '1']),
      column('score', ['0.1', '0.9']),
      column('age', ['20', '30', '40']),
      column(hostile, ['1', '2']),
    ],
  },
  capture: {
    hour: '2026-03-08T23:00:00Z',
    records: 3,
    unreadable: 0,
    columns: [
      { ...captured('output', 0, 'score', ['0.3']), role: 'probability' },
      captured('input', 0, 'age', ['33']),
      captured('input', 1, hostile, ['2']),
    ],
  },
  label: { value: 'paid', reason: 'Two values, and it is not captured.' },
  probability: { value: 'score', reason: 'Its name, and values from 0 to 1.' },
  problemType: { value: 'BinaryClassification', reason: 'paid has 2 different values.' },
  positiveLabel: { value: '1', reason: 'Its name.' },
  facets: [],
  notes: [`Read: all 3 rows. ${hostile}`],
};
const inspection: SetupInspection = { ...found, monitors: possibleMonitors(found) };

interface Asked {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

let asked: Asked[];
let answers: Record<string, (params: Asked['params']) => unknown>;
let state: SetupState;
let wizard: HTMLElement;

/** Lets what was started come to its end. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const field = (name: string): HTMLInputElement => {
  const label = [...wizard.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(name))!;
  return wizard.querySelector<HTMLInputElement>(`#${label.htmlFor}`)!;
};
const type = (name: string, value: string): void => {
  field(name).value = value;
  field(name).dispatchEvent(new Event('input', { bubbles: true }));
};
const choose = (select: HTMLSelectElement, value: string): void => {
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
};
const heading = (): string => wizard.querySelector('form > h3')!.textContent;
const alert = (): string | undefined => wizard.querySelector('[role=alert]')?.textContent ?? undefined;
const next = async (): Promise<void> => {
  wizard.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await settle();
};
const press = async (words: string): Promise<void> => {
  [...wizard.querySelectorAll('button')].find(({ textContent }) => textContent === words)!.click();
  await settle();
};

beforeEach(async () => {
  asked = [];
  answers = {
    inspect: () => inspection,
    create: () => ({
      text: 'version: 1\n',
      added: false,
      monitors: ['loans-data-quality'],
      endpoint: 'loans',
      file: '/f',
    }),
    run: () => ({ executions: [] }),
  };
  const kernel: DriftlineKernel = {
    state: { kind: 'idle' },
    stateChanged: new Signal<DriftlineKernel, KernelState>({} as DriftlineKernel),
    request: (async (method: string, params: Asked['params']) => {
      asked.push({ method, params });
      return answers[method]!(params);
    }) as DriftlineKernel['request'],
    cancel: () => {},
    stop: async () => {},
  };
  const store = { path: 'p', refresh: async () => {} };
  state = initialState({ project: 'p' });
  const context = {
    trans,
    state,
    running: kernel,
    commands: new CommandRegistry(),
    closed: new AbortController().signal,
    projects: { open: async () => store, refresh: async () => {} },
    list: async (folder: string) =>
      folder === 'data'
        ? [
            { name: 'train.csv', folder: false },
            { name: 'old', folder: true },
          ]
        : [],
  } as unknown as SetupContext;
  wizard = await setupWizard(context);
  document.body.replaceChildren(wizard);
});

/** As far as the columns. */
async function toColumns(): Promise<void> {
  type('Training file', ' train.csv ');
  type('Capture', 'capture/loans');
  await next();
}

describe('setupWizard()', () => {
  it('asks for what is missing, says what the kernel refuses, and keeps what was typed', async () => {
    await next();
    expect(alert()).toContain('Name the training file.');
    type('Training file', 'train.csv');
    expect(alert()).toBeUndefined();
    await next();
    expect(alert()).toContain('Name the folder of the capture.');
    type('Capture', 'nowhere');
    answers['inspect'] = () => {
      throw new KernelError({
        code: 'NO_DATA',
        what: 'There is no capture here.',
        where: 'nowhere',
        fix: 'check the address',
      });
    };
    await next();
    expect(alert()).toContain('There is no capture here. (nowhere)');
    expect(alert()).toContain('check the address');
    expect([heading(), field('Training file').value, field('Capture').value]).toEqual([
      '1. Data',
      'train.csv',
      'nowhere',
    ]);
  });

  it('suggests what lies in the folder that is typed', async () => {
    type('Training file', 'data/');
    await settle();
    const options = [...wizard.querySelectorAll(`#${field('Training file').getAttribute('list')} option`)];
    expect(options.map((option) => option.getAttribute('value'))).toEqual(['data/train.csv', 'data/old/']);
  });

  it('shows captured columns with values and choices; names of the data are never markup', async () => {
    await toColumns();
    expect(asked).toEqual([{ method: 'inspect', params: { dataset: 'train.csv', capture: 'capture/loans' } }]);
    expect([heading(), document.activeElement?.textContent]).toEqual(['2. Columns', '2. Columns']);
    expect(wizard.querySelector('img')).toBeNull();
    const selects = [...wizard.querySelectorAll<HTMLSelectElement>('table select')];
    expect(selects.map((select) => [select.getAttribute('aria-label'), select.value])).toEqual([
      ['Column of Output 1', 'score'],
      ['Column of Input 1', 'age'],
      ['Column of Input 2', hostile],
    ]);
    choose(selects[1]!, 'paid');
    expect(state.choices.input).toEqual(['paid', hostile]);
    expect(selects[1]!.closest('tr')!.querySelector('[data-values]')!.textContent).toBe('0, 1');
    choose(selects[2]!, 'paid');
    await next();
    expect(alert()).toContain('Two captured columns are "paid".');
  });

  it('follows a change of the label, and back to none', async () => {
    await toColumns();
    choose(wizard.querySelector<HTMLSelectElement>('[data-role=label]')!, '');
    expect(state.choices.label).toBeNull();
    expect(wizard.querySelector('[data-role=positive]')).toBeNull();
    expect(document.activeElement?.getAttribute('data-role')).toBe('label');
    choose(wizard.querySelector<HTMLSelectElement>('[data-role=label]')!, 'age');
    expect(wizard.querySelector<HTMLSelectElement>('[data-role=problem]')!.value).toBe('MulticlassClassification');
  });

  it('offers the monitors that are possible, says why others are not, and keeps choices on the way back', async () => {
    await toColumns();
    await next();
    const boxes = (): HTMLInputElement[] => [
      ...wizard.querySelectorAll<HTMLInputElement>('.driftline-setup-monitor input[type=checkbox]'),
    ];
    expect(boxes().map(({ checked, disabled }) => [checked, disabled])).toEqual([
      [true, false],
      [false, true],
      [false, true],
      [false, true],
    ]);
    expect(wizard.textContent).toContain('It needs the model: give its file or address.');
    type('Name of the endpoint', 'a b');
    await next();
    expect(alert()).toContain('up to 63 letters');
    type('Name of the endpoint', 'loans-eu');
    await press('Back');
    expect(heading()).toBe('2. Columns');
    await next();
    expect(field('Name of the endpoint').value).toBe('loans-eu');
    boxes()[0]!.click();
    await next();
    expect(alert()).toContain('Choose at least one monitor.');
  });

  it('shows the file, writes it, and runs the check of the window that was captured last', async () => {
    await toColumns();
    await next();
    await next();
    expect([heading(), wizard.querySelector('pre')!.textContent]).toEqual(['4. Review', 'version: 1\n']);
    expect(wizard.textContent).toContain('8 Mar 2026, 00:00 to 9 Mar 2026, 00:00');
    await next();
    await settle();
    const choices = { monitors: ['data-quality'], schedule: 'cron(0 0 ? * * *)' };
    const params = { project: 'p', sources: { dataset: 'train.csv', capture: 'capture/loans' }, choices };
    expect(asked.slice(1)).toEqual([
      { method: 'create', params: { ...params, write: false } },
      { method: 'create', params },
      { method: 'run', params: { project: 'p', monitors: ['loans-data-quality'], at: '2026-03-09T00:00:00.000Z' } },
    ]);
    expect(wizard.textContent).toContain('Nothing was scheduled yet');
    const buttons = [...wizard.querySelectorAll('.driftline-setup-buttons button')] as HTMLButtonElement[];
    expect(buttons.every(({ hidden }) => hidden)).toBe(true);
  });

  it('lets a check that was cancelled be run again', async () => {
    await toColumns();
    await next();
    await next();
    answers['run'] = () => {
      throw new KernelError({ code: 'ABORTED', what: 'Aborted.' });
    };
    await next();
    await settle();
    expect(alert()).toContain('It was cancelled.');
    answers['run'] = () => ({ executions: [] });
    await press('Run the check again');
    await settle();
    expect(alert()).toBeUndefined();
    expect(asked.filter(({ method }) => method === 'run')).toHaveLength(2);
    expect(asked.filter(({ method }) => method === 'create')).toHaveLength(2);
  });

  it('begins anew where other data are named', async () => {
    await toColumns();
    choose(wizard.querySelectorAll<HTMLSelectElement>('table select')[1]!, 'paid');
    await press('Back');
    type('Capture', 'capture/other');
    await next();
    expect(state.choices.input).toBeUndefined();
  });
});
