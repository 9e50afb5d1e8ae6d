import type { MainPanelContext } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import { commandIds } from '../../tokens.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { statusMark } from '../../widgets/status-mark.js';
import { backTestTable, sumsSentence } from './back-test-view.js';
import { BackTester, pastExecutions, sumsOf } from './back-tested.js';
import type { BaselineNotes, ConstraintsArgs } from './constraints-panel.js';
import type { Edit, LimitField, LimitKind } from './limit-kind.js';
import { type SubjectsView, subjectsView } from './subjects-view.js';
import { TextDraft } from './text-draft.js';

/** What an editor is made of. */
export interface ConstraintsEditorOptions<Value> {
  readonly text: string;
  /** As the project file locates it. */
  readonly file: string;
  readonly args: ConstraintsArgs;
  readonly reasons: BaselineNotes;
  /** The text as it was suggested, where it is known. */
  readonly suggested: string | undefined;
  /** Called with the text that is about to be replaced. */
  readonly beforeSave?: (saved: string) => Promise<void>;
  readonly store: ProjectStore;
  readonly library: typeof import('driftline/browser');
  readonly kind: LimitKind<Value>;
  readonly context: MainPanelContext;
}

const counts = [7, 14, 30, 90];

/** A constraints file under edit: form and text are two views of one text. */
export class ConstraintsEditor<Value> {
  readonly node: HTMLElement;
  readonly #options: ConstraintsEditorOptions<Value>;
  readonly #draft: TextDraft;
  readonly #tester: BackTester;
  readonly #form: HTMLElement;
  readonly #text: HTMLTextAreaElement;
  readonly #problem: HTMLElement;
  readonly #state: HTMLElement;
  readonly #sums: HTMLElement;
  readonly #table: HTMLElement;
  readonly #save: HTMLButtonElement;
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  readonly #discard: HTMLButtonElement;
  #value: Value;
  #fields: readonly LimitField[] = [];
  #subjects: SubjectsView | undefined;
  #valid = true;
  /** It was saved here since it was opened. */
  #saved = false;
  #frame = 0;

  constructor(options: ConstraintsEditorOptions<Value>) {
    this.#options = options;
    const { trans, closed } = options.context;
    this.#draft = new TextDraft(options.text);
    this.#tester = new BackTester(options.library);
    this.#value = options.kind.parse(options.text);
    const action = (words: string, act: () => void): HTMLButtonElement =>
      button({ class: 'driftline-action' }, act, words);
    this.#save = action(trans.__('Save'), () => void this.#write());
    this.#undo = action(trans.__('Undo'), () => this.#draft.undo());
    this.#redo = action(trans.__('Redo'), () => this.#draft.redo());
    this.#discard = action(trans.__('Discard changes'), () => this.#draft.discard());
    this.#state = element('p', { class: 'driftline-muted', role: 'status' });
    this.#problem = element('div', { role: 'alert' });
    this.#sums = element('div', {});
    this.#table = element('div', {});
    this.#form = element('div', { class: 'driftline-constraints-form' });
    this.#text = element('textarea', {
      class: 'driftline-code-text',
      spellcheck: 'false',
      rows: '30',
      'aria-label': trans.__('The text of %1', options.file),
    });
    this.#text.value = options.text;
    this.#text.addEventListener('input', () => this.#draft.set(this.#text.value, 'text'));
    this.node = this.#layout();
    this.#makeForm();
    this.#draft.changed.connect(() => this.#follow());
    closed.addEventListener('abort', () => cancelAnimationFrame(this.#frame));
    this.#mark();
    this.#show();
    void this.#loadPast(14);
  }

  #layout(): HTMLElement {
    const { context, file, args } = this.#options;
    const { trans } = context;
    const id = uniqueId('constraints');
    const place = element('div', { id }, this.#form);
    const views = choiceSwitch<'form' | 'text'>(
      {
        label: trans.__('Edit as'),
        choices: [
          ['form', trans.__('Form')],
          ['text', trans.__('Text')],
        ],
        chosen: 'form',
        controls: id,
      },
      (view) => {
        place.replaceChildren(view === 'form' ? this.#form : this.#text);
        context.charts.look();
      },
    );
    const chooseId = uniqueId('executions');
    const choose = element(
      'select',
      { id: chooseId },
      ...counts.map((count) => element('option', { value: String(count), selected: count === 14 }, String(count))),
    );
    choose.addEventListener('change', () => void this.#loadPast(Number(choose.value)));
    return element(
      'article',
      { class: 'driftline-report driftline-constraints', 'aria-label': trans.__('Limits of %1', args.monitor) },
      element(
        'header',
        { class: 'driftline-constraints-head' },
        element('h2', {}, trans.__('Limits of %1', args.monitor)),
        element('p', { class: 'driftline-muted' }, file),
        element('div', { class: 'driftline-actions' }, this.#save, this.#undo, this.#redo, this.#discard, views.node),
        this.#state,
        this.#problem,
      ),
      section(
        trans.__('What these limits would have raised'),
        element(
          'p',
          { class: 'driftline-field-inline' },
          element('label', { for: chooseId }, trans.__('Executions to look back')),
          choose,
        ),
        this.#sums,
        element('details', {}, element('summary', {}, trans.__('By execution')), this.#table),
        element('p', { class: 'driftline-note' }, this.#options.kind.blindSpots),
      ),
      place,
    );
  }

  #makeForm(): void {
    const { kind, context, args, reasons, suggested } = this.#options;
    const { trans } = context;
    const edit: Edit<Value> = {
      value: () => this.#value,
      change: (change, subject) => {
        if (!this.#valid) return;
        this.#draft.set(kind.stringify(change(this.#value)), subject);
      },
    };
    const general = kind.general(edit);
    this.#fields = general;
    this.#subjects = subjectsView(
      {
        kind,
        edit,
        past: () => this.#tester.past,
        tested: () => this.#tester.test(kind.limits(this.#value)),
        reasons: (subject) => reasons.reasons[subject] ?? [],
        suggested: suggested === undefined ? undefined : kind.parse(suggested),
        first: args.feature,
      },
      context,
    );
    this.#form.replaceChildren(
      ...(general.length === 0
        ? []
        : [
            section(
              trans.__('For all features'),
              element('div', { class: 'driftline-fields' }, ...general.map(({ node }) => node)),
            ),
          ]),
      section(trans.__('One by one'), this.#subjects.node),
    );
  }

  /** The text has changed, here or there. */
  #follow(): void {
    const { kind, context } = this.#options;
    const { trans } = context;
    if (document.activeElement !== this.#text) this.#text.value = this.#draft.text;
    const before = this.#value;
    try {
      this.#value = kind.parse(this.#draft.text);
      this.#valid = true;
      this.#problem.replaceChildren();
    } catch (error) {
      this.#valid = false;
      const reason = error instanceof Error ? error.message : String(error);
      this.#problem.replaceChildren(
        element('p', {}, statusMark('violated', trans.__('The text cannot be used as it is:'))),
        element('pre', { class: 'driftline-excerpt' }, reason),
      );
    }
    const names = (value: Value): string => JSON.stringify(kind.subjects(value).map(({ name }) => name));
    if (this.#valid && names(before) !== names(this.#value)) this.#makeForm();
    this.#form.toggleAttribute('inert', !this.#valid);
    this.#mark();
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#show());
  }

  /** Says what is not saved, at once: a tab that is closed in the same moment asks. */
  #mark(): void {
    const { context, args, file } = this.#options;
    const { trans, setTitle, guard } = context;
    const draft = this.#draft;
    this.#save.disabled = !draft.isChanged || !this.#valid;
    this.#discard.disabled = !draft.isChanged;
    this.#undo.disabled = !draft.canUndo;
    this.#redo.disabled = !draft.canRedo;
    const saved = this.#saved ? trans.__('Saved. The next executions are judged by these limits.') : '';
    this.#state.textContent = draft.isChanged ? trans.__('There are changes that are not saved.') : saved;
    setTitle(`${draft.isChanged ? '● ' : ''}${trans.__('Limits of %1', args.monitor)}`, args.project);
    guard(draft.isChanged ? trans.__('Changes of %1 are not saved. Close all the same?', file) : undefined);
  }

  #show(): void {
    if (!this.#valid) return;
    const { context, kind, args } = this.#options;
    for (const { refresh } of this.#fields) refresh();
    this.#subjects?.refresh();
    const tested = this.#tester.test(kind.limits(this.#value));
    this.#sums.replaceChildren(sumsSentence(sumsOf(tested), context));
    const open = (scheduledTime: string): void => {
      const { project, monitor } = args;
      void context.commands.execute(commandIds.openExecution, { project, monitor, scheduledTime });
    };
    this.#table.replaceChildren(backTestTable(tested, open, context));
  }

  async #loadPast(count: number): Promise<void> {
    const { store, args, context } = this.#options;
    const { trans, closed } = context;
    this.#sums.replaceChildren(element('p', { class: 'driftline-muted', role: 'status' }, trans.__('Loading …')));
    try {
      this.#tester.setPast(await pastExecutions(store, args.monitor, count, closed));
      if (!closed.aborted) this.#show();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#sums.replaceChildren(element('p', {}, statusMark('drifting', reason)));
    }
  }

  async #write(): Promise<void> {
    const { store, file, context } = this.#options;
    const { trans } = context;
    const draft = this.#draft;
    this.#problem.replaceChildren();
    try {
      const there = await store.read(file).catch(() => undefined);
      if (there !== undefined && there !== draft.saved) {
        this.#askWhose(there);
        return;
      }
      await this.#options.beforeSave?.(draft.saved);
      await store.write(file, draft.text);
      this.#saved = true;
      draft.markSaved();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#problem.replaceChildren(
        element('p', {}, statusMark('violated', trans.__('It could not be saved: %1', reason))),
      );
    }
  }

  #askWhose(there: string): void {
    const { store, file, context } = this.#options;
    const { trans } = context;
    this.#problem.replaceChildren(
      element('p', {}, statusMark('drifting', trans.__('The file was changed on the disk since it was opened here.'))),
      element(
        'div',
        { class: 'driftline-actions' },
        button(
          { class: 'driftline-action' },
          () => {
            this.#problem.replaceChildren();
            this.#draft.replaceSaved(there);
          },
          trans.__('Show what is on the disk'),
        ),
        button(
          { class: 'driftline-action' },
          () => {
            void store.write(file, this.#draft.text).then(() => {
              this.#problem.replaceChildren();
              this.#saved = true;
              this.#draft.markSaved();
            });
          },
          trans.__('Overwrite it'),
        ),
      ),
    );
  }
}
