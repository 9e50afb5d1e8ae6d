import type { MonitorConfig } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import { formatWindow } from '../../format/time-format.js';
import { element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { CompareKind, SideArgs } from './compare-args.js';
import { outcomeIn, typeIn } from './compare-words.js';
import type { ComparedSideChoice } from './compared-sides.js';
import { timeField } from './time-field.js';

export interface SideFormOptions {
  readonly kind: CompareKind;
  /** "Baseline" or "Current". */
  readonly title: string;
  readonly projects: readonly string[];
  readonly choice: ComparedSideChoice;
  readonly onChange: (args: SideArgs) => void;
}

/** What one side is, to choose: a project, and of it an execution or a window. */
export function sideForm(options: SideFormOptions, { trans }: Pick<PanelContext, 'trans'>): HTMLElement {
  const { kind, title, projects, choice } = options;
  const { project, store, monitor, executions, execution, endpoint, variant, variants, start, end } = choice;
  const monitors = Object.entries(store.config?.monitors ?? {});
  const inProject = { project };
  const named = (words: string): string => `${title}: ${words}`;
  const field = (words: string, control: HTMLElement, ...more: readonly HTMLElement[]): HTMLElement => {
    control.setAttribute('aria-label', named(words));
    return element('label', { class: 'driftline-compare-field' }, element('span', {}, words), control, ...more);
  };
  const select = (
    words: string,
    entries: readonly (readonly [value: string, text: string])[],
    chosen: string | undefined,
    onChoose: (value: string) => void,
  ): HTMLElement => {
    const node = element(
      'select',
      { class: 'driftline-select' },
      ...entries.map(([value, text]) => element('option', { value, selected: value === chosen }, text)),
    );
    node.disabled = entries.length === 0;
    node.addEventListener('change', () => onChoose(node.value));
    return field(words, node);
  };
  const projectField =
    projects.length > 1 &&
    select(
      trans.__('Project'),
      projects.map((path) => [path, path || '/']),
      project,
      (value) => options.onChange({ project: value }),
    );
  const window = {
    ...inProject,
    ...(monitor !== undefined && { monitor }),
    ...(endpoint !== undefined && { endpoint }),
    ...(variant !== undefined && { variant }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
  };
  const fields =
    kind === 'executions'
      ? [
          select(
            trans.__('Monitor'),
            monitors.map(([name, config]) => [name, monitorText(name, config, trans)]),
            monitor,
            (value) => options.onChange({ ...inProject, monitor: value }),
          ),
          select(
            trans.__('Execution'),
            executions.map(({ scheduledTime, window: of, outcome, rows }) => [
              scheduledTime,
              trans.__('%1: %2, %3 rows', formatWindow(of), outcomeIn(outcome, trans), formatCount(rows)),
            ]),
            execution?.scheduledTime,
            (value) =>
              options.onChange({ ...inProject, ...(monitor !== undefined && { monitor }), scheduledTime: value }),
          ),
        ]
      : [
          select(
            trans.__('Endpoint'),
            Object.keys(store.config?.endpoints ?? {}).map((name) => [name, name]),
            endpoint,
            (value) => {
              const { variant: _, ...rest } = window;
              options.onChange({ ...rest, endpoint: value });
            },
          ),
          variantField(),
          field(
            trans.__('From (UTC)'),
            timeField(start, (value) => options.onChange({ ...window, start: value })),
          ),
          field(
            trans.__('To (UTC), not included'),
            timeField(end, (value) => options.onChange({ ...window, end: value })),
          ),
        ];

  function variantField(): HTMLElement {
    const list = uniqueId('variants');
    const node = element('input', {
      type: 'text',
      class: 'driftline-input',
      list,
      value: variant,
      placeholder: trans.__('all variants'),
      autocomplete: 'off',
      spellcheck: 'false',
    });
    node.addEventListener('change', () => {
      const { variant: _, ...rest } = window;
      const value = node.value.trim();
      options.onChange(value === '' ? rest : { ...rest, variant: value });
    });
    const proposed = element('datalist', { id: list }, ...variants.map((value) => element('option', { value })));
    return field(trans.__('Variant'), node, proposed);
  }

  return element(
    'fieldset',
    { class: `driftline-compare-side driftline-compare-${kind}-side` },
    element('legend', {}, title),
    store.problem !== undefined && element('p', { class: 'driftline-compare-problem', role: 'alert' }, store.problem),
    projectField,
    ...fields,
  );
}

function monitorText(name: string, { type }: MonitorConfig, trans: PanelContext['trans']): string {
  return `${name} (${typeIn(type, trans)})`;
}
