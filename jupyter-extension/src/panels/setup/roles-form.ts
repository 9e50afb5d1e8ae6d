import type { Guess, InspectedColumn, ProblemType, SetupInspection } from 'driftline';
import { applyChoices } from 'driftline/browser';
import { element, uniqueId } from '../../widgets/element.js';
import type { SetupContext } from './setup-step.js';

/** Columns with more different values make no groups. */
const MOST_GROUPS = 20;

/** Where label and prediction stand in the training file, what the model answers, and whose groups are compared. */
export function rolesForm(inspection: SetupInspection, context: SetupContext): HTMLElement {
  const { trans, state } = context;
  const { columns } = inspection.dataset;
  const place = element('div', { class: 'driftline-setup-roles' });
  const refresh = (focused?: string): void => {
    const applied = applyChoices(inspection, state.choices);
    const role = (name: 'label' | 'prediction' | 'probability', title: string): HTMLElement =>
      selectField({
        name,
        title,
        value: applied[name]?.value ?? '',
        options: [['', trans.__('(none)')], ...columns.map((column) => [column.name, optionWords(column)] as const)],
        hint: hintOf(applied[name], trans.__('Not found.')),
        onChange: (value) => {
          state.choices[name] = value === '' ? null : value;
          refresh(name);
        },
      });
    const labels = columns.find(({ name }) => name === applied.label?.value)?.examples ?? [];
    const kinds: readonly (readonly [ProblemType | '', string])[] = [
      ['', trans.__('(not known)')],
      ['BinaryClassification', trans.__('One of two classes')],
      ['MulticlassClassification', trans.__('One of several classes')],
      ['Regression', trans.__('A number')],
    ];
    place.replaceChildren(
      role('label', trans.__('Label')),
      role('prediction', trans.__('Prediction')),
      role('probability', trans.__('Probability')),
      selectField({
        name: 'problem',
        title: trans.__('The model answers'),
        value: applied.problemType?.value ?? '',
        options: kinds,
        hint: hintOf(applied.problemType, ''),
        onChange: (value) => {
          state.choices.problemType = value === '' ? undefined : (value as ProblemType);
          refresh('problem');
        },
      }),
      ...(applied.problemType?.value === 'BinaryClassification' && labels.length > 0
        ? [
            selectField({
              name: 'positive',
              title: trans.__('The label that means yes'),
              value: applied.positiveLabel?.value ?? '',
              options: labels.map((label) => [label, label] as const),
              hint: hintOf(applied.positiveLabel, ''),
              onChange: (value) => {
                state.choices.positiveLabel = value;
                refresh('positive');
              },
            }),
          ]
        : []),
      facets(inspection, applied, context),
    );
    if (focused !== undefined) place.querySelector<HTMLElement>(`[data-role="${focused}"]`)?.focus();
  };
  refresh();
  return place;
}

function facets({ dataset }: SetupInspection, applied: SetupInspection, { trans, state }: SetupContext): HTMLElement {
  const chosen = new Set(applied.facets.map(({ value }) => value));
  const roles = new Set([applied.label?.value, applied.prediction?.value, applied.probability?.value]);
  const groups = dataset.columns.filter(
    ({ name, distinct }) => !roles.has(name) && distinct >= 2 && distinct <= MOST_GROUPS,
  );
  const boxes = groups.map(({ name, distinct }) => {
    const box = element('input', { type: 'checkbox', checked: chosen.has(name) });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(name);
      else chosen.delete(name);
      state.choices.facets = groups.map((group) => group.name).filter((group) => chosen.has(group));
    });
    return element(
      'label',
      { class: 'driftline-setup-check' },
      box,
      trans._n('%2 (%1 group)', '%2 (%1 groups)', distinct, distinct, name),
    );
  });
  return element(
    'fieldset',
    { class: 'driftline-setup-facets' },
    element('legend', {}, trans.__('Compare the groups of (bias)')),
    ...(boxes.length > 0
      ? boxes
      : [element('p', { class: 'driftline-muted' }, trans.__('No column has few enough different values.'))]),
  );
}

interface SelectField {
  readonly name: string;
  readonly title: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, words: string])[];
  readonly hint: string;
  readonly onChange: (value: string) => void;
}

function selectField({ name, title, value, options, hint, onChange }: SelectField): HTMLElement {
  const [id, hintId] = [uniqueId('role'), uniqueId('hint')];
  const select = element(
    'select',
    { id, 'aria-describedby': hintId, 'data-role': name },
    ...options.map(([key, words]) => element('option', { value: key }, words)),
  );
  select.value = value;
  select.addEventListener('change', () => onChange(select.value));
  return element(
    'div',
    { class: 'driftline-setup-field' },
    element('label', { for: id }, title),
    select,
    element('p', { id: hintId, class: 'driftline-muted' }, hint),
  );
}

function optionWords({ name, examples }: InspectedColumn): string {
  return examples.length === 0 ? name : `${name}: ${examples.slice(0, 3).join(', ')}`;
}

function hintOf(guess: Guess | undefined, none: string): string {
  return guess?.reason ?? none;
}
