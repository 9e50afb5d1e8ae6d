import type { BackTestedExecution } from 'driftline/browser';
import type { MeasurePoint } from '../../charts/measure-points.js';
import { measureTimeFigure } from '../../charts/measure-time.js';
import { formatNumber } from '../../format/number-format.js';
import { chooser } from '../../widgets/chooser.js';
import { button, type Child, element } from '../../widgets/element.js';
import { legend } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { PlotlyWidget } from '../../widgets/plotly-widget.js';
import { sumsSentence } from './back-test-view.js';
import { type PastExecution, sumsOf } from './back-tested.js';
import type { Edit, LimitField, LimitKind, LimitSubject } from './limit-kind.js';

/** What the list of features or metrics is made of. */
export interface SubjectsViewOptions<Value> {
  readonly kind: LimitKind<Value>;
  readonly edit: Edit<Value>;
  readonly past: () => readonly PastExecution[];
  readonly tested: () => readonly BackTestedExecution[];
  readonly reasons: (subject: string) => readonly string[];
  /** The file as it was suggested, where it is known. */
  readonly suggested: Value | undefined;
  /** The one to begin with. */
  readonly first: string | undefined;
}

export interface SubjectsView {
  readonly node: HTMLElement;
  /** Shows what the text says now, and what it would have raised. */
  readonly refresh: () => void;
}

/** Features or metrics in a list with their alerts then and now; beside it the limits of the chosen one. */
export function subjectsView<Value>(options: SubjectsViewOptions<Value>, context: PanelContext): SubjectsView {
  const { kind, edit } = options;
  const { trans } = context;
  const marks = new Map<string, HTMLElement>();
  const abouts = new Map<string, HTMLElement>();
  let shown: { readonly refresh: () => void } | undefined;
  const subjects = kind.subjects(edit.value());
  const list = chooser<LimitSubject>(
    {
      items: subjects,
      name: ({ name }) => name,
      parts: ({ name, about }) => {
        const mark = element('span', { class: 'driftline-number' });
        const small = element('span', { class: 'driftline-muted' }, about);
        marks.set(name, mark);
        abouts.set(name, small);
        return [
          element('span', { class: 'driftline-limit-name' }, element('span', { title: name }, name), small),
          mark,
        ];
      },
      detail: ({ name }) => {
        const detail = subjectDetail(name, options, context);
        shown = detail;
        return [detail.node];
      },
      filterWords: kind.filterWords,
      countWords: kind.countWords,
      unfiltered: 8,
      className: 'driftline-limits',
    },
    context,
  );
  const refresh = (): void => {
    const tested = options.tested();
    for (const { name, about } of kind.subjects(edit.value())) {
      const { before, after } = sumsOf(tested, ({ id }) => kind.isAbout(name, id));
      const mark = marks.get(name);
      const small = abouts.get(name);
      if (small !== undefined) small.textContent = about;
      if (mark === undefined) continue;
      mark.textContent = before === after ? String(before) : `${before} → ${after}`;
      mark.title = trans.__('Alerts then, and with these limits');
      mark.classList.toggle('driftline-strong', before !== after);
    }
    shown?.refresh();
  };
  const first = subjects.find(({ name }) => name === options.first);
  if (first !== undefined) list.goTo(first);
  return { node: list.node, refresh };
}

function subjectDetail<Value>(
  name: string,
  options: SubjectsViewOptions<Value>,
  context: PanelContext,
): { readonly node: HTMLElement; readonly refresh: () => void } {
  const { kind, edit, reasons } = options;
  const { trans } = context;
  const fields: readonly LimitField[] = kind.fields(name, edit, { reasons });
  const suggested = (): Value | undefined => kind.suggested(name, edit.value(), options.suggested);
  const back = button(
    { class: 'driftline-action' },
    () => edit.change((value) => kind.suggested(name, value, options.suggested) ?? value),
    kind.suggestedWords,
  );
  const sums = element('div', {});
  const why = reasons(name);
  const points = (): MeasurePoint[] => pointsOf(name, options);
  const place = element('div', {});
  let chart: PlotlyWidget | undefined;
  const refresh = (): void => {
    for (const field of fields) field.refresh();
    const before = suggested();
    const text = kind.stringify(edit.value());
    back.hidden = before === undefined || kind.stringify(before) === text;
    sums.replaceChildren(
      sumsSentence(
        sumsOf(options.tested(), ({ id }) => kind.isAbout(name, id)),
        context,
      ),
    );
    if (chart !== undefined) chart.refresh();
    else if (points().length > 0) {
      const made = measureChart(name, points, options, context);
      chart = made.widget;
      place.replaceChildren(made.node);
    }
  };
  const children: readonly Child[] = [
    element('h4', { tabindex: '-1' }, name),
    element('div', { class: 'driftline-fields' }, ...fields.map((field) => field.node)),
    back,
    sums,
    place,
    why.length > 0 &&
      element(
        'div',
        {},
        element('h5', {}, trans.__('Why these were suggested')),
        element('ul', { class: 'driftline-reasons' }, ...why.map((reason) => element('li', {}, reason))),
      ),
  ];
  refresh();
  return {
    node: element(
      'div',
      { class: 'driftline-limit-detail' },
      ...children.filter((child) => child !== false && child !== undefined),
    ),
    refresh,
  };
}

function pointsOf<Value>(name: string, { kind, edit, past, tested }: SubjectsViewOptions<Value>): MeasurePoint[] {
  const after = new Map(tested().map((execution) => [execution.scheduledTime, execution.after]));
  return past().flatMap(({ scheduledTime, report }) => {
    const measured = kind.measured(name, edit.value(), report);
    if (measured === undefined || report.window === undefined) return [];
    const violated = after.get(scheduledTime)?.some(({ id }) => kind.isAbout(name, id)) ?? false;
    return [{ ...measured, scheduledTime, start: report.window.start, rows: report.current.rows, violated }];
  });
}

function measureChart<Value>(
  name: string,
  points: () => MeasurePoint[],
  { kind }: SubjectsViewOptions<Value>,
  { trans, charts }: PanelContext,
): { readonly node: HTMLElement; readonly widget: PlotlyWidget } {
  const widget = charts.add({
    label: trans.__('%1 by execution, with the limit as it is set now', kind.measureTitle(name)),
    trans,
    figure: (style) => {
      const now = points();
      const span = {
        from: new Date(Math.min(...now.map(({ start }) => Date.parse(start)))),
        to: new Date(Math.max(...now.map(({ scheduledTime }) => Date.parse(scheduledTime)))),
      };
      return measureTimeFigure(
        {
          title: kind.measureTitle(name),
          points: now,
          span,
          events: [],
          text: (value) => formatNumber(value),
          limits: 'lines',
        },
        style,
      );
    },
  });
  return {
    node: element(
      'div',
      { class: 'driftline-figure' },
      legend(
        [
          ['current-line', trans.__('measured')],
          ['threshold', trans.__('the limit as it is set now')],
        ],
        trans,
      ),
      widget.node,
    ),
    widget,
  };
}
