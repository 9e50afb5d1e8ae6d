import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorState } from 'driftline/browser';
import { formatShortDate, formatShortTime, formatTimeAndZone } from '../../format/time-format.js';
import { type ActionShape, actionIcon } from '../../widgets/action-icon.js';
import { button, element } from '../../widgets/element.js';
import { stateIcon, stateMark, stateText } from '../../widgets/state-mark.js';
import { statusMark } from '../../widgets/status-mark.js';
import { trendMarks, trendText } from '../../widgets/trend-marks.js';
import { monitorTypeTitle } from '../monitor-types.js';
import type { MonitorAction, MonitorTarget } from './monitor-actions.js';
import type { MonitorEntry, MonitorsSummary } from './monitor-entries.js';
import type { EndpointRow, ListRow, MonitorRow, ProjectRow } from './monitor-list.js';
import { rowShape } from './row-shape.js';
import { targetOf } from './row-target.js';

/** What rows are made with. */
export interface RowContext {
  readonly trans: TranslationBundle;
  readonly now: () => Date;
  /** Of the list, in pixels. */
  readonly width: () => number;
  readonly canDo: (action: MonitorAction) => boolean;
  readonly act: (action: MonitorAction, target: MonitorTarget) => void;
}

/** Fills a row, and says on `node` what it is for style sheet, context menu and screen readers. */
export function fillRow(row: ListRow, node: HTMLElement, context: RowContext): readonly Node[] {
  node.className = `driftline-row driftline-row-${row.kind}`;
  node.style.setProperty('--driftline-level', String(row.level));
  const target = targetOf(row);
  node.dataset['kind'] = row.kind === 'monitor' && target.monitor === undefined ? 'missing' : row.kind;
  node.dataset['target'] = JSON.stringify(target);
  node.dataset['paused'] = String(row.kind === 'monitor' && row.entry.state.kind === 'paused');
  switch (row.kind) {
    case 'project':
      return projectRow(row, context);
    case 'endpoint':
      return endpointRow(row, context);
    case 'monitor':
      return monitorRow(row, context);
  }
}

/** What a row says, in words: it looks the same as long as they are the same. */
export function rowText(row: ListRow, { trans }: Pick<RowContext, 'trans'>): string {
  if (row.kind === 'project') {
    const { violated, endpoints } = row;
    return `${projectName(row.path, trans)}: ${violatedWords(violated, endpoints, trans)}`;
  }
  if (row.kind === 'endpoint') {
    const monitors = row.monitors.map((monitor) => `${entryTitle(monitor, trans)}: ${entryWords(monitor, trans)}`);
    return `${row.entry.name}, ${summaryWords(row.summary, trans)}. ${monitors.join(', ')}.`;
  }
  const { entry } = row;
  const { last, next } = times(entry, trans, formatTimeAndZone);
  return [
    `${entryTitle(entry, trans)}, ${entryWords(entry, trans)}.`,
    entry.state.sentence && sentenceEnd(entry.state.sentence),
    last?.full,
    next?.full,
    entry.status && trendText(entry.status.trend, trans),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** "3 of 12 endpoints have violations". */
export function violatedWords(violated: number, endpoints: number, trans: TranslationBundle): string {
  return trans._n('%2 of %1 endpoint has violations', '%2 of %1 endpoints have violations', endpoints, violated);
}

/** The name of a project: that of its folder. */
export function projectName(path: string, trans: TranslationBundle): string {
  return path.split('/').at(-1) || trans.__('Server folder');
}

function projectRow({ path, expanded, violated, endpoints }: ProjectRow, { trans }: RowContext): readonly Node[] {
  return [
    twisty(expanded),
    element('span', { class: 'driftline-row-name', title: path || '/' }, projectName(path, trans)),
    element(
      'span',
      { class: 'driftline-muted driftline-row-count', title: violatedWords(violated, endpoints, trans) },
      element('span', { 'aria-hidden': 'true' }, trans.__('%1 of %2', violated, endpoints)),
      element('span', { class: 'driftline-unseen' }, violatedWords(violated, endpoints, trans)),
    ),
  ];
}

function endpointRow(row: EndpointRow, context: RowContext): readonly Node[] {
  const { trans } = context;
  const { entry, monitors, summary, expanded } = row;
  const target = targetOf(row);
  const unwatched = entry.monitors.every(({ name }) => name === undefined);
  const chips = monitors.map((monitor) => {
    const title = entryTitle(monitor, trans);
    const words = `${title}: ${entryWords(monitor, trans)}`;
    return element(
      'span',
      { class: 'driftline-monitor-chip', title: words },
      stateIcon(monitor.state.kind),
      element('span', { class: 'driftline-monitor-chip-name', 'aria-hidden': 'true' }, title),
      element('span', { class: 'driftline-unseen' }, words),
    );
  });
  return [
    twisty(expanded),
    element(
      'div',
      { class: 'driftline-row-body' },
      element(
        'div',
        { class: 'driftline-row-head' },
        element('span', { class: 'driftline-row-name', title: entry.name }, entry.name),
        stateMark(summary.kind, summaryWords(summary, trans)),
      ),
      element(
        'div',
        { class: 'driftline-row-foot' },
        unwatched
          ? setUpButton(trans.__('Set up monitors'), target, context)
          : element('span', { class: 'driftline-monitor-chips' }, ...chips),
        !unwatched && actions([openButton(target, context), runButton(target, context)]),
      ),
    ),
  ];
}

function monitorRow(row: MonitorRow, context: RowContext): readonly Node[] {
  const { trans, now, width } = context;
  const { entry } = row;
  const { state, status, name, running } = entry;
  const target = targetOf(row);
  const { lines, stacked, compact } = rowShape(row, width());
  const short = compact ? formatShortDate : formatShortTime;
  const { last, next } = times(entry, trans, (iso) => short(iso, now()));
  const title = entryTitle(entry, trans);
  const mark = running ? statusMark('quiet', trans.__('running …')) : stateMark(state.kind, stateText(state, trans));
  const sentence = element('p', { class: 'driftline-row-sentence', title: state.sentence }, state.sentence);
  sentence.style.setProperty('-webkit-line-clamp', String(lines));
  const text = [last, next].map((time) => time && element('span', { title: time.full }, time.short));
  const trend = status && trendMarks(status.trend, trans);
  return [
    element('span', { class: 'driftline-twisty' }),
    element(
      'div',
      { class: 'driftline-row-body' },
      element(
        'div',
        { class: 'driftline-row-head' },
        element('span', { class: 'driftline-row-title', title: name }, title),
        mark,
      ),
      lines > 0 && sentence,
      name === undefined && setUpButton(trans.__('Set up this monitor'), target, context),
      name !== undefined &&
        element(
          'div',
          { class: 'driftline-row-foot' },
          trend,
          !stacked && element('span', { class: 'driftline-row-times driftline-muted' }, ...text),
          actions([runButton(target, context), pauseButton(state, target, context), editButton(target, context)]),
        ),
      name !== undefined &&
        stacked &&
        text.some((time) => time !== undefined) &&
        element('div', { class: 'driftline-row-times driftline-muted' }, ...text),
    ),
  ];
}

/** "6 violations", "1 failed", "no violations": of several monitors. */
function summaryWords({ kind, count, violations }: MonitorsSummary, trans: TranslationBundle): string {
  switch (kind) {
    case 'violations':
      return trans._n('%1 violation', '%1 violations', violations);
    case 'failed':
      return trans.__('%1 failed', count);
    case 'stopped':
      return trans.__('%1 stopped', count);
    case 'not-configured':
      return trans.__('no monitor');
    default:
      return stateText({ kind, violations: 0, accepted: count, muted: count }, trans);
  }
}

/** "Data quality", with the name where the endpoint has several. */
function entryTitle({ type, name, several }: MonitorEntry, trans: TranslationBundle): string {
  const title = monitorTypeTitle(type, trans);
  return several ? `${title}: ${name}` : title;
}

function entryWords({ state, running }: MonitorEntry, trans: TranslationBundle): string {
  return running ? trans.__('running …') : stateText(state, trans);
}

function sentenceEnd(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

interface ShownTime {
  readonly short: string;
  readonly full: string;
}

function times(
  { status, next }: MonitorEntry,
  trans: TranslationBundle,
  short: (iso: string) => string,
): { readonly last: ShownTime | undefined; readonly next: ShownTime | undefined } {
  const at = status?.last.scheduledTime;
  const last = at !== undefined && {
    short: trans.__('Last %1', short(at)),
    full: trans.__('Last execution: %1.', formatTimeAndZone(at)),
  };
  const following = next !== undefined && {
    short: trans.__('Next %1', short(next)),
    full: trans.__('Next execution: %1.', formatTimeAndZone(next)),
  };
  return { last: last || undefined, next: following || undefined };
}

function twisty(expanded: boolean): HTMLElement {
  return element('span', { class: 'driftline-twisty', 'aria-hidden': 'true' }, expanded ? '▾' : '▸');
}

function actions(buttons: readonly HTMLElement[]): HTMLElement {
  return element('span', { class: 'driftline-row-actions' }, ...buttons);
}

function iconButton(
  action: MonitorAction,
  shape: ActionShape,
  name: string,
  target: MonitorTarget,
  { act, canDo }: RowContext,
): HTMLButtonElement {
  const node = button(
    { class: 'driftline-icon-button', 'data-action': action, title: name, 'aria-label': name },
    () => act(action, target),
    actionIcon(shape),
  );
  node.disabled = !canDo(action);
  return node;
}

function openButton(target: MonitorTarget, context: RowContext): HTMLElement {
  return iconButton('open', 'open', context.trans.__('Open dashboard'), target, context);
}

function runButton(target: MonitorTarget, context: RowContext): HTMLElement {
  return iconButton('run', 'run', context.trans.__('Run now …'), target, context);
}

function pauseButton({ kind }: MonitorState, target: MonitorTarget, context: RowContext): HTMLElement {
  const { trans } = context;
  const paused = kind === 'paused';
  const words = paused ? trans.__('Resume') : trans.__('Pause');
  return iconButton('pause', paused ? 'resume' : 'pause', words, target, context);
}

function editButton(target: MonitorTarget, context: RowContext): HTMLElement {
  return iconButton('edit', 'edit', context.trans.__('Edit constraints'), target, context);
}

function setUpButton(words: string, target: MonitorTarget, { act, canDo }: RowContext): HTMLElement {
  const node = button({ class: 'driftline-row-set-up', 'data-action': 'set-up' }, () => act('set-up', target), words);
  node.disabled = !canDo('set-up');
  return node;
}
