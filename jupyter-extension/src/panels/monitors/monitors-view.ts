import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorStateKind } from 'driftline/browser';
import { button, element } from '../../widgets/element.js';
import { VirtualTree } from '../../widgets/virtual-tree.js';
import { listControls } from './list-controls.js';
import { allActions } from './monitor-actions.js';
import { kindCounts, type ListRow, type ListView, listRows, type ProjectGroup } from './monitor-list.js';
import { fillRow, projectName, type RowContext, rowText } from './row-content.js';
import { rowHeight, rowShape } from './row-shape.js';
import { targetOf } from './row-target.js';

/** What the list needs of the panel. */
export interface MonitorsViewOptions {
  readonly trans: TranslationBundle;
  readonly now: () => Date;
  readonly canDo: RowContext['canDo'];
  readonly act: RowContext['act'];
  readonly stateRank: (kind: MonitorStateKind) => number;
  /** States in the order of their buttons. */
  readonly kinds: readonly MonitorStateKind[];
  readonly view: ListView;
  /** The user has chosen to see something else. */
  readonly onChange: (view: ListView) => void;
}

/** The list of endpoints with search, filters and order above it. */
export class MonitorsView {
  readonly node: HTMLElement;
  readonly #options: MonitorsViewOptions;
  readonly #tree: VirtualTree<ListRow>;
  readonly #controls: ReturnType<typeof listControls>;
  readonly #left = element('p', { class: 'driftline-monitors-left driftline-muted' });
  #view: ListView;
  #groups: readonly ProjectGroup[] = [];
  #signatures = new WeakMap<ListRow, string>();
  #size = { width: 0, font: 0 };

  constructor(options: MonitorsViewOptions) {
    this.#options = options;
    const { trans, now, canDo, act, view, kinds } = options;
    this.#view = view;
    const rows: RowContext = { trans, now, canDo, act, width: () => this.#size.width };
    this.#tree = new VirtualTree<ListRow>({
      label: trans.__('Endpoints and their monitors'),
      heightOf: (row) => rowHeight(row, this.#size.width, this.#size.font),
      fill: (row, node) => fillRow(row, node, rows),
      signatureOf: (row) => this.#signature(row, rows),
      textOf: (row) => (row.kind === 'project' ? projectName(row.path, trans) : rowText(row, rows)),
      onToggle: ({ key }) => this.#toggle(key),
      onOpen: (row) => {
        if (row.kind === 'project') this.#toggle(row.key);
        else if (row.kind === 'monitor' && row.entry.name === undefined) act('set-up', targetOf(row));
        else act('open', targetOf(row));
      },
    });
    this.#controls = listControls(trans, kinds, (part) => this.#change({ ...this.#view, ...part }));
    this.node = element('div', { class: 'driftline-monitors-view' }, this.#controls.node, this.#left, this.#tree.node);
  }

  /** Shows other endpoints, or the same in other states. */
  show(groups: readonly ProjectGroup[]): void {
    this.#groups = groups;
    this.#measure();
    this.#update();
  }

  /** The panel has another size. */
  layout(): void {
    if (!this.#measure()) {
      this.#tree.draw();
      return;
    }
    this.#signatures = new WeakMap();
    this.#tree.layout();
  }

  /** Takes the keyboard to the list. */
  focus(): void {
    this.#tree.focus();
  }

  #change(view: ListView): void {
    this.#view = view;
    this.#update();
    this.#options.onChange(view);
  }

  #update(): void {
    const { trans, stateRank } = this.#options;
    const rows = listRows(this.#groups, this.#view, stateRank);
    this.#controls.show(this.#view, kindCounts(this.#groups, this.#view));
    this.#tree.setRows(rows);
    const shown = rows.filter(({ kind }) => kind === 'endpoint').length;
    const { search, kinds, type } = this.#view;
    const isFiltered = search.trim() !== '' || kinds.length > 0 || type !== undefined;
    this.#left.hidden = !isFiltered;
    this.#left.replaceChildren(
      shown === 0
        ? trans.__('No endpoint is left by search and filters.')
        : trans._n('%1 endpoint is shown.', '%1 endpoints are shown.', shown),
      ' ',
      button(
        { class: 'driftline-link' },
        () => this.#change({ ...this.#view, search: '', kinds: [], type: undefined }),
        trans.__('Show all'),
      ),
    );
  }

  #toggle(key: string): void {
    const { toggled } = this.#view;
    const next = toggled.includes(key) ? toggled.filter((each) => each !== key) : [...toggled, key];
    this.#change({ ...this.#view, toggled: next });
  }

  #signature(row: ListRow, rows: RowContext): string {
    const known = this.#signatures.get(row);
    if (known !== undefined) return known;
    const { lines, stacked, compact } = rowShape(row, this.#size.width);
    const open = row.kind === 'monitor' ? row.entry.state.kind : row.expanded;
    const can = allActions.map((action) => Number(rows.canDo(action))).join('');
    const day = rows.now().toISOString().slice(0, 10);
    const signature = `${rowText(row, rows)}\n${open} ${lines} ${stacked} ${compact} ${day} ${can}`;
    this.#signatures.set(row, signature);
    return signature;
  }

  /** @returns whether width or font are others than before. */
  #measure(): boolean {
    const before = this.#size;
    const font = Number.parseFloat(globalThis.getComputedStyle(this.node).fontSize);
    this.#size = { width: this.node.clientWidth || before.width || 260, font: Number.isFinite(font) ? font : 13 };
    return before.width !== this.#size.width || before.font !== this.#size.font;
  }
}
