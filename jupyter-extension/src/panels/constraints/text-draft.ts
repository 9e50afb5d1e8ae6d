import { type ISignal, Signal } from '@lumino/signaling';

/** A text that is being edited, with what was saved last and a way back. */
export class TextDraft {
  readonly #changed = new Signal<this, void>(this);
  readonly #before: string[] = [];
  readonly #after: string[] = [];
  #saved: string;
  #text: string;
  #subject: string | undefined;

  constructor(saved: string) {
    this.#saved = saved;
    this.#text = saved;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get text(): string {
    return this.#text;
  }

  get saved(): string {
    return this.#saved;
  }

  get isChanged(): boolean {
    return this.#text !== this.#saved;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** @param subject - edits of one subject in a row (a limit that is dragged) are undone together. */
  set(text: string, subject?: string): void {
    if (text === this.#text) return;
    if (subject === undefined || subject !== this.#subject) this.#before.push(this.#text);
    this.#subject = subject;
    this.#after.length = 0;
    this.#show(text);
  }

  undo(): void {
    this.#move(this.#before, this.#after);
  }

  redo(): void {
    this.#move(this.#after, this.#before);
  }

  /** Back to what was saved; it can be undone. */
  discard(): void {
    this.set(this.#saved);
  }

  /** The text is on the disk now. */
  markSaved(): void {
    this.#saved = this.#text;
    this.#subject = undefined;
    this.#changed.emit();
  }

  /** Somebody else has written the file: their text takes the place of this one, which can be had back by undo. */
  replaceSaved(text: string): void {
    this.#saved = text;
    this.set(text);
    this.#changed.emit();
  }

  #move(from: string[], to: string[]): void {
    const text = from.pop();
    if (text === undefined) return;
    to.push(this.#text);
    this.#subject = undefined;
    this.#show(text);
  }

  #show(text: string): void {
    this.#text = text;
    this.#changed.emit();
  }
}
