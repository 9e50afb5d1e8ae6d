/** Markup that is safe to put into a page as it is. Only {@link html} and {@link trusted} make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

export type HtmlPart = Html | string | number | undefined | false | readonly HtmlPart[];

/**
 * A template tag that escapes what is put in, unless it is {@link Html} itself; lists are joined, `undefined` and
 * `false` leave nothing. Attribute values must be quoted in the template.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((page, text, index) => page + markupOf(parts[index - 1]) + text));
}

/** Takes a text as markup, unescaped: for constants and for SVG that a chart library has escaped. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and quoted attribute values. Control characters, which HTML and terminals cannot show, become "�". */
export function escapeHtml(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

/**
 * The text without what would act instead of being shown: control characters (terminal escapes among them), lone
 * surrogates and the characters that turn the direction of the text after them.
 */
export function withoutControls(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
    '\ufffd',
  );
}

function markupOf(part: HtmlPart): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (Array.isArray(part)) return (part as readonly HtmlPart[]).map(markupOf).join('');
  return escapeHtml(String(part));
}
