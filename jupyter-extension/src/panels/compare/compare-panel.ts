import type { MainPanelContext, MakeMainPanel } from '../../main-area/main-panel.js';
import type { ServerFiles } from '../../project/server-files.js';
import type { ReadReport } from '../../report/read-report.js';
import { commandIds } from '../../tokens.js';
import { type ChoiceSwitch, choiceSwitch } from '../../widgets/choice-switch.js';
import { button, type Child, element, uniqueId } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { type CompareArgs, type CompareKind, type Side, type SideArgs, sides } from './compare-args.js';
import { typeIn } from './compare-words.js';
import { type ComparedSides, loadSides } from './compared-sides.js';
import { executionsView } from './executions-view.js';
import { sideForm } from './side-form.js';
import { WindowsView } from './windows-view.js';

/** Two executions, windows, variants or endpoints side by side: the left one is the baseline, the right one current. */
export function comparePanel(files: ServerFiles): MakeMainPanel<CompareArgs> {
  return async (args, context) => {
    const named = args.left !== undefined || args.right !== undefined || args.project !== undefined;
    const panel = new ComparePanel(named ? args : (context.previous as CompareArgs), files, context);
    await panel.update();
    return panel.node;
  };
}

class ComparePanel {
  readonly node: HTMLElement;
  readonly #files: ServerFiles;
  readonly #context: MainPanelContext;
  readonly #form: RefreshedPart<ComparedSides | undefined>;
  readonly #result: RefreshedPart<() => readonly Child[]>;
  readonly #kinds: ChoiceSwitch<CompareKind>;
  readonly #windows: WindowsView;
  #args: CompareArgs;
  #sides: Promise<ComparedSides | undefined> = Promise.resolve(undefined);
  #updating: Promise<void> = Promise.resolve();

  constructor(args: CompareArgs, files: ServerFiles, context: MainPanelContext) {
    const { trans } = context;
    this.#args = args;
    this.#files = files;
    this.#context = context;
    this.#windows = new WindowsView(context, () => this.#updating);
    this.#form = new RefreshedPart({ load: () => this.#sides, make: (found) => this.#makeForm(found) }, context);
    const id = uniqueId('compared');
    this.#result = new RefreshedPart(
      { load: () => this.#load(), make: (content) => content() },
      context,
      'driftline-compare-parts',
    );
    this.#result.node.id = id;
    this.#kinds = choiceSwitch<CompareKind>(
      {
        label: trans.__('What to compare'),
        choices: [
          ['executions', trans.__('Stored executions')],
          ['windows', trans.__('Windows of capture')],
        ],
        chosen: this.#kind,
        controls: id,
      },
      (kind) => this.#change({ ...this.#args, kind }),
    );
    this.node = element(
      'article',
      { class: 'driftline-compare', 'aria-label': trans.__('Comparison') },
      element('div', { class: 'driftline-compare-head' }, element('h2', {}, trans.__('Compare')), this.#kinds.node),
      this.#form.node,
      this.#result.node,
    );
  }

  /** Shows what is chosen. */
  async update(): Promise<void> {
    const key = JSON.stringify(this.#args);
    this.#sides = loadSides(this.#args, this.#context.projects, this.#files);
    // Each part says by itself what went wrong.
    await Promise.all([this.#form.update(key), this.#result.update(key)]);
  }

  get #kind(): CompareKind {
    return this.#args.kind ?? 'executions';
  }

  #change(args: CompareArgs): void {
    this.#args = args;
    this.#kinds.press(this.#kind);
    this.#context.remember(args);
    this.#updating = this.update();
  }

  #changeSide(side: Side, chosen: ComparedSides, args: SideArgs): void {
    const other = side === 'left' ? 'right' : 'left';
    const typeOf = (name: string | undefined): string | undefined =>
      name === undefined ? undefined : chosen[side].store.config?.monitors[name]?.type;
    const apart =
      args.monitor !== undefined &&
      chosen[side].project === chosen[other].project &&
      typeOf(args.monitor) !== typeOf(chosen[other].monitor);
    // Monitors of two types measure different things: the other side follows.
    const follows = apart ? { [other]: { project: chosen[side].project, monitor: args.monitor } } : {};
    const others = { left: asArgs(chosen, 'left', this.#kind), right: asArgs(chosen, 'right', this.#kind) };
    this.#change({ kind: this.#kind, ...others, ...follows, [side]: args });
  }

  #makeForm(found: ComparedSides | undefined): readonly Child[] {
    if (found === undefined) return [this.#noProject()];
    const { trans } = this.#context;
    const swap = (): void =>
      this.#change({
        kind: this.#kind,
        left: asArgs(found, 'right', this.#kind),
        right: asArgs(found, 'left', this.#kind),
      });
    const titles = { left: trans.__('Baseline'), right: trans.__('Current') };
    const forms = sides.map((side) =>
      sideForm(
        {
          kind: this.#kind,
          title: titles[side],
          projects: found.projects,
          choice: found[side],
          onChange: (args) => this.#changeSide(side, found, args),
        },
        this.#context,
      ),
    );
    const swapButton = button(
      { class: 'driftline-action driftline-compare-swap', title: trans.__('Swap baseline and current') },
      swap,
      element('span', { 'aria-hidden': 'true' }, '⇄'),
      trans.__('Swap'),
    );
    return [element('div', { class: 'driftline-compare-sides' }, forms[0], swapButton, forms[1])];
  }

  async #load(): Promise<() => readonly Child[]> {
    const found = await this.#sides;
    if (found === undefined) return () => [];
    if (this.#kind === 'windows') {
      return () => {
        this.#windows.choose(found);
        return [this.#windows.node];
      };
    }
    const { trans } = this.#context;
    const { left, right } = found;
    const missing = sides.find((side) => found[side].execution === undefined);
    if (missing !== undefined) return () => [this.#noExecution(found[missing].monitor)];
    const types = [left, right].map(({ store, monitor }) => store.config!.monitors[monitor!]!.type);
    if (types[0] !== types[1]) {
      const what = trans.__(
        'The baseline is of %1, the current one of %2: they measure different things.',
        ...types.map((type) => typeIn(type, trans)),
      );
      const fix = trans.__('Choose two monitors of one type.');
      return () => [problemPanel({ what, fix }, trans.__('These two cannot be compared'))];
    }
    const [baseline, current] = await Promise.all(
      [left, right].map(({ store, monitor, execution }) => store.report(monitor!, execution!)),
    );
    return () => this.#compared(baseline!, current!, found);
  }

  #compared(left: ReadReport, right: ReadReport, found: ComparedSides): readonly Child[] {
    const { trans } = this.#context;
    if ('problem' in left || 'problem' in right) {
      const problems = [left, right].flatMap((read) => ('problem' in read ? [read.problem] : []));
      return problems.map((problem) => problemPanel(problem, trans.__('A report cannot be shown')));
    }
    const directly = (): void => this.#change({ ...this.#args, kind: 'windows' });
    return executionsView({ left: left.report, right: right.report }, { found, directly }, this.#context);
  }

  #noProject(): HTMLElement {
    const { trans, commands } = this.#context;
    const setUp = commandIds.setUp;
    return element(
      'div',
      { class: 'driftline-empty' },
      element(
        'div',
        {},
        element('p', {}, trans.__('There is no project to compare anything of: no folder here has a driftline.yaml.')),
        element(
          'p',
          { class: 'driftline-muted' },
          trans.__('Make one with "driftline init", or an example with "driftline demo DIR", then open this again.'),
        ),
        commands.hasCommand(setUp) &&
          button({ class: 'driftline-action' }, () => void commands.execute(setUp), trans.__('Set up a project')),
      ),
    );
  }

  #noExecution(monitor: string | undefined): HTMLElement {
    const { trans } = this.#context;
    const what =
      monitor === undefined
        ? trans.__('The project has no monitor.')
        : trans.__('The monitor "%1" has no execution with a report yet.', monitor);
    return element(
      'div',
      { class: 'driftline-empty' },
      element(
        'div',
        {},
        element('p', {}, what),
        element(
          'p',
          { class: 'driftline-muted' },
          trans.__('Run it, or compare windows of capture directly: that needs no execution.'),
        ),
        button(
          { class: 'driftline-action' },
          () => this.#change({ ...this.#args, kind: 'windows' }),
          trans.__('Compare windows of capture'),
        ),
      ),
    );
  }
}

/** What would choose a side as it is chosen now. */
function asArgs(found: ComparedSides, side: Side, kind: CompareKind): SideArgs {
  const { project, monitor, execution, endpoint, variant, start, end } = found[side];
  const entries =
    kind === 'executions'
      ? { project, monitor, scheduledTime: execution?.scheduledTime }
      : { project, monitor, endpoint, variant, start, end };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as SideArgs;
}
