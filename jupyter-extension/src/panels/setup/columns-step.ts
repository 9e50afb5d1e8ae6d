import type { CapturedColumn, SetupInspection } from 'driftline';
import { applyChoices } from 'driftline/browser';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { rolesForm } from './roles-form.js';
import type { SetupContext, SetupStep } from './setup-step.js';

/** Which captured column is which of the training file, with real values; label, prediction, and whom to compare. */
export function columnsStep(context: SetupContext): SetupStep {
  const { trans, state } = context;
  const inspection = state.inspection!;
  const table = element('div', {}, mappingTable(inspection, context));
  const node = element(
    'div',
    { class: 'driftline-setup-columns' },
    ...inspection.notes.map((note) => element('p', { class: 'driftline-muted' }, note)),
    section(trans.__('Captured columns'), table),
    section(trans.__('Label and answers'), rolesForm(inspection, context)),
  );
  return {
    node,
    nextWords: trans.__('Choose monitors'),
    next: async () => {
      const { capture } = applyChoices(inspection, state.choices);
      const names = capture.columns.filter(({ part }) => part !== 'ground-truth').map(({ name }) => name);
      const twice = names.find((name, at) => names.indexOf(name) !== at);
      if (twice !== undefined) {
        throw new Error(trans.__('Two captured columns are "%1". Choose another one for one of them.', twice));
      }
    },
  };
}

function mappingTable(inspection: SetupInspection, context: SetupContext): HTMLElement {
  const { trans, state } = context;
  const captured = [...inspection.capture.columns, ...(inspection.groundTruth?.columns ?? [])];
  const examples = new Map(inspection.dataset.columns.map(({ name, examples: values }) => [name, values.join(', ')]));
  const given = applyChoices(inspection, state.choices).capture.columns;
  return dataTable<CapturedColumn>({
    caption: trans.__('Captured columns, and what they are in the training file'),
    trans,
    stack: true,
    rows: captured,
    columns: [
      { title: trans.__('Captured'), rowHeader: true, cell: (column) => partWords(column, context) },
      { title: trans.__('Captured values'), kind: 'code', cell: ({ examples: values }) => values.join(', ') },
      {
        title: trans.__('In the training file'),
        cell: (column) => {
          const now = given[inspection.capture.columns.indexOf(column)] ?? column;
          return choice(column, now, inspection, context);
        },
        value: ({ column }) => column,
      },
      {
        title: trans.__('Values there'),
        kind: 'code',
        cell: (column) => {
          const now = given[inspection.capture.columns.indexOf(column)] ?? column;
          return element('span', { 'data-values': columnKey(column) }, examples.get(now.column ?? '') ?? '–');
        },
      },
      {
        title: trans.__('Why'),
        cell: ({ reason, fit }) =>
          element('span', { class: fit !== undefined && fit < 0.5 ? 'driftline-setup-misfit' : undefined }, reason),
      },
    ],
  });
}

/** What a captured column is: its name where the capture tells it, else a choice among the columns of the training file. */
function choice(
  column: CapturedColumn,
  now: CapturedColumn,
  { dataset, capture }: SetupInspection,
  { trans, state }: SetupContext,
): Node | string {
  const { part, named } = column;
  if (part === 'ground-truth') return '–';
  if (named) return column.column ?? trans.__('not there');
  const none = element('option', { value: '' }, trans.__('(not there)'));
  const options = dataset.columns.map(({ name }) => element('option', { value: name }, name));
  const select = element(
    'select',
    { 'aria-label': trans.__('Column of %1', partWords(column, { trans })) },
    none,
    ...options,
  );
  select.value = now.column ?? '';
  select.addEventListener('change', () => {
    const columns = capture.columns.filter((each) => each.part === part);
    const names = [...(state.choices[part] ?? columns.map(({ name }) => name))];
    names[columns.indexOf(column)] = select.value || `${part}-${column.position + 1}`;
    state.choices[part] = names;
    const values = dataset.columns.find(({ name }) => name === select.value)?.examples.join(', ');
    const cell = select.closest('tr')?.querySelector('[data-values]');
    if (cell) cell.textContent = values ?? '–';
  });
  return select;
}

function columnKey({ part, position }: CapturedColumn): string {
  return `${part}-${position}`;
}

/** "Output 1", and its name where the capture has one. */
function partWords({ part, position, named, name }: CapturedColumn, { trans }: Pick<SetupContext, 'trans'>): string {
  const words = { output: trans.__('Output'), input: trans.__('Input'), 'ground-truth': trans.__('Label') }[part];
  return named ? `${words} ${name}` : `${words} ${position + 1}`;
}
