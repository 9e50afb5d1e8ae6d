import type { RecordsResult } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import type { DriftlineKernel } from '../../kernel/driftline-kernel.js';
import { KernelError } from '../../kernel/kernel-error.js';
import { kernelStatus } from '../../kernel/kernel-status.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import { filterBar } from '../../widgets/filter-bar.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import type { FoundViolation } from './find-violation.js';
import { recordsPager } from './records-pager.js';
import { type RecordsAnswer, type RecordsOf, RecordsReader, type WantedPage } from './records-request.js';
import { columnOrder, columnTitle, recordsTable } from './records-table.js';
import type { ViolationContext } from './violation-context.js';

/** The records behind the violation, or behind a segment where no single row carries it. */
export function recordsView(found: FoundViolation, context: ViolationContext): HTMLElement {
  const { violation, report, store, monitor, execution } = found;
  const { trans } = context;
  const of = { project: store.path || '.', monitor, scheduledTime: execution.scheduledTime };
  const features = [violation.feature, ...(violation.facet === undefined ? [] : [violation.facet.name])];
  if (violation.query !== undefined) {
    return element(
      'div',
      {},
      queryView(found, context),
      recordsOf({ ...of, violation: violation.id }, features, context),
    );
  }
  const segments = report.modelQuality?.segments ?? [];
  const reason = element('p', {}, noRowsWords(found, context));
  if (segments.length === 0) return reason;
  const place = element('div', {});
  let shown = new AbortController();
  context.closed.addEventListener('abort', () => shown.abort());
  const show = (segment: number): void => {
    shown.abort();
    shown = new AbortController();
    const about = (segments[segment]?.conditions ?? []).map(({ feature }) => feature);
    place.replaceChildren(recordsOf({ ...of, segment }, about, { ...context, closed: shown.signal }));
  };
  const id = uniqueId('segment');
  const choice = element(
    'select',
    { id },
    ...segments.map(({ title, rows }, index) =>
      element('option', { value: String(index) }, trans.__('%1 (%2 rows)', title, formatCount(rows))),
    ),
  );
  choice.addEventListener('change', () => show(Number(choice.value)));
  show(0);
  return element(
    'div',
    {},
    reason,
    element(
      'div',
      { class: 'driftline-violation-field' },
      element('label', { for: id }, trans.__('Records of the segment')),
      choice,
    ),
    place,
  );
}

/** Why no single row carries the violation. */
function noRowsWords({ violation, report }: FoundViolation, { trans }: ViolationContext): string {
  const { check } = violation;
  if (check === 'missing_column_check' || check === 'extra_column_check') {
    return trans.__('This is about whole columns: every row of the window has it, and none more than another.');
  }
  if (report.modelQuality !== undefined) {
    return report.modelQuality.segments.length > 0
      ? trans.__(
          'A metric is measured over all rows, so no single row carries it. The segments in which quality fell do have records.',
        )
      : trans.__(
          'A metric is measured over all rows, so no single row carries it; and no segment is worse than the rest beyond chance.',
        );
  }
  if (report.modelBias !== undefined) {
    return trans.__('A bias metric compares two groups of rows as a whole, so no single row carries it.');
  }
  if (report.modelExplainability !== undefined) {
    return trans.__('The ranking is made of the attributions of all rows, so no single row carries it.');
  }
  return trans.__('The report has no condition by which its rows could be found.');
}

/** The condition of the records, as SQL for people. */
function queryView({ violation }: FoundViolation, { trans }: ViolationContext): HTMLElement | false {
  const { query } = violation;
  if (query === undefined) return false;
  return element(
    'details',
    {},
    element('summary', {}, trans.__('The condition of these records, as SQL')),
    element('pre', { class: 'driftline-violation-sql' }, element('code', {}, query.sql)),
  );
}

/** Reads records, pages them, sorts and filters them. */
function recordsOf(of: RecordsOf, features: readonly string[], context: ViolationContext): HTMLElement {
  const { trans, kernel } = context;
  const node = element('div', { class: 'driftline-violation-records' });
  const start = async (): Promise<void> => {
    let reached: DriftlineKernel;
    try {
      reached = await kernel.get();
    } catch (error) {
      node.replaceChildren(failedView(error, () => void start(), context));
      return;
    }
    if (!context.closed.aborted) new RecordsPart(node, reached, of, features, context).begin();
  };
  node.append(element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Loading …')));
  void start();
  return node;
}

/** Milliseconds without a key, before what is typed is searched for. */
const PAUSE_MS = 250;

/** What is shown of the records of one violation or segment. */
class RecordsPart {
  readonly #node: HTMLElement;
  readonly #kernel: DriftlineKernel;
  readonly #features: readonly string[];
  readonly #context: ViolationContext;
  readonly #reader: RecordsReader;
  readonly #filter = element('div', {});
  readonly #place = element('div', { class: 'driftline-paged' });
  #wanted: WantedPage = { offset: 0, limit: 50, filters: [] };
  #hasFilter = false;

  constructor(
    node: HTMLElement,
    kernel: DriftlineKernel,
    of: RecordsOf,
    features: readonly string[],
    context: ViolationContext,
  ) {
    this.#node = node;
    this.#kernel = kernel;
    this.#features = features;
    this.#context = context;
    const title = context.trans.__('Reading records of %1', of.monitor);
    const listener = { reading: () => this.#reading(), answered: (answer: RecordsAnswer) => this.#answered(answer) };
    this.#reader = new RecordsReader(kernel, of, title, listener, context.closed);
  }

  /** Reads at once where a kernel runs; else it is the reader who starts one. */
  begin(): void {
    const { trans } = this.#context;
    this.#node.replaceChildren(kernelStatus(this.#kernel, this.#context), this.#filter, this.#place);
    const { kind } = this.#kernel.state;
    if (kind === 'idle' || kind === 'busy' || kind === 'starting') {
      this.#read({});
      return;
    }
    const words = kind === 'not-installed' ? trans.__('Try again') : trans.__('Read the records');
    this.#place.replaceChildren(button({ class: 'driftline-action' }, () => this.#read({}), words));
  }

  #read(change: Partial<WantedPage>): void {
    this.#wanted = { ...this.#wanted, ...change };
    this.#reader.read(this.#wanted);
  }

  #reading(): void {
    this.#place.setAttribute('aria-busy', 'true');
    if (this.#place.querySelector('table') !== null) return;
    const words = this.#context.trans.__('Reading the captured records …');
    this.#place.replaceChildren(element('p', { class: 'driftline-muted', role: 'status' }, words));
  }

  #answered(answer: RecordsAnswer): void {
    this.#place.removeAttribute('aria-busy');
    if (answer.kind === 'failed') {
      this.#place.replaceChildren(failedView(answer.error, () => this.#read({}), this.#context));
      return;
    }
    const { trans } = this.#context;
    const { result, wanted } = answer;
    this.#showFilter(result);
    const focused = focusKey(this.#place);
    this.#place.replaceChildren(
      ...(result.capped
        ? [
            element(
              'p',
              { class: 'driftline-note' },
              trans.__(
                'There are more than %1 records: these are the first, and sorting and filters are of them alone.',
                formatCount(result.cap),
              ),
            ),
          ]
        : []),
      recordsTable(result, {
        caption: trans.__('Captured records'),
        features: this.#features,
        sort: wanted.sort,
        onSort: (sort) => {
          const { sort: _, ...rest } = this.#wanted;
          this.#wanted = { ...rest, offset: 0, ...(sort && { sort }) };
          this.#read({});
        },
        trans,
      }),
      recordsPager(
        wanted,
        { total: result.total, matching: result.matching, shown: result.rows.length },
        trans,
        (page) => this.#read(page),
      ),
    );
    focusAgain(this.#place, focused);
  }

  /** Made once the columns are known; it keeps what is typed while pages come and go. */
  #showFilter({ columns }: RecordsResult): void {
    if (this.#hasFilter) return;
    this.#hasFilter = true;
    const { trans, closed } = this.#context;
    const places = columnOrder(columns, this.#features);
    let timer: ReturnType<typeof setTimeout> | undefined;
    closed.addEventListener('abort', () => clearTimeout(timer));
    this.#filter.replaceChildren(
      filterBar({
        columns: places.map((place) => columnTitle(columns[place]!, trans)),
        trans,
        onChange: (conditions) => {
          const filters = conditions.map(({ column, ...condition }) => ({
            ...condition,
            ...(column !== undefined && { column: places[column]! }),
          }));
          clearTimeout(timer);
          timer = setTimeout(() => this.#read({ filters, offset: 0 }), PAUSE_MS);
        },
      }),
    );
  }
}

function failedView(error: unknown, again: () => void, { trans }: ViolationContext): HTMLElement {
  const retry = button({ class: 'driftline-action' }, again, trans.__('Try again'));
  if (!(error instanceof KernelError)) {
    const what = error instanceof Error ? error.message : String(error);
    return problemPanel({ what, fix: trans.__('Try again.') }, trans.__('The records could not be read'), retry);
  }
  const { code, what, where, fix = trans.__('Try again.') } = error;
  if (code === 'ABORTED') return element('div', {}, element('p', { role: 'status' }, what), retry);
  return problemPanel(
    { what, fix },
    trans.__('The records could not be read'),
    where !== undefined && element('pre', { class: 'driftline-violation-sql' }, where),
    retry,
  );
}

/** Which of the buttons that are made anew with each page has the focus. */
function focusKey(place: HTMLElement): string | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !place.contains(focused)) return undefined;
  return focused.dataset['turn'] ?? focused.title;
}

function focusAgain(place: HTMLElement, key: string | undefined): void {
  if (key === undefined || key === '') return;
  const buttons = [...place.querySelectorAll<HTMLButtonElement>('button')];
  const same = buttons.find((node) => (node.dataset['turn'] ?? node.title) === key);
  // At the last page the button that led there has nothing more to do.
  if (same?.disabled) buttons.find((node) => node.dataset['turn'] !== undefined && !node.disabled)?.focus();
  else same?.focus();
}
