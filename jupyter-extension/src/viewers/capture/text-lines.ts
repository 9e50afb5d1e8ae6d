/** A line of a text, without its line end. */
export interface TextLine {
  /** One-based. */
  readonly number: number;
  readonly text: string;
  /** False for a last line without a newline. */
  readonly ended: boolean;
  /** Characters up to and with this line. */
  readonly end: number;
}

/** The lines of a text one after the other, without a list of them all. */
export function* textLines(text: string): Generator<TextLine> {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let at = start, number = 1; at < text.length; number++) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    yield {
      number,
      text: text.slice(at, text[end - 1] === '\r' ? end - 1 : end),
      ended: newline >= 0,
      end: newline < 0 ? end : end + 1,
    };
    at = end + 1;
  }
}
