import { MonitorError } from '../errors.js';

/** What stands in a template for something else. */
export type Placeholder = 'features' | 'features_kvp' | 'feature_names' | 'record' | 'records';

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'placeholder'; readonly name: Placeholder }
  | { readonly kind: 'feature'; readonly feature: string };

const PLACEHOLDER = /\$(features_kvp|feature_names|features|records|record)\b|"\$\{([^"]+)\}"/g;

/** JSON with placeholders, cut at them once: what is filled in is never looked at for placeholders. */
export class RequestTemplate {
  readonly #parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /**
   * Reads a template of `analysis_config.json`: `$features`, `$features_kvp`, `$feature_names`, `$record`, `$records`, and
   * `"${NAME}"` (its quotes included) for the value of one feature.
   *
   * @param key - the template's place in the configuration.
   * @param allowed - placeholders it may have.
   * @throws MonitorError `CONFIGURATION` for other placeholders, and where it is no JSON once they are filled.
   * @see Source: Amazon SageMaker Developer Guide, "Analysis Configuration Files", `content_template`, `record_template`.
   */
  static parse(template: string, key: string, allowed: readonly Placeholder[]): RequestTemplate {
    const parts = partsOf(template);
    const strange = parts.find((part) => part.kind === 'placeholder' && !allowed.includes(part.name));
    if (strange?.kind === 'placeholder') {
      throw problem(`$${strange.name} cannot stand here.`, key, `use ${allowed.map((name) => `$${name}`).join(', ')}`);
    }
    try {
      JSON.parse(parts.map((part) => (part.kind === 'text' ? part.text : '["x"]')).join(''));
    } catch {
      throw problem(
        'This is no JSON once its placeholders are filled.',
        key,
        'correct it: placeholders have no quotes',
      );
    }
    return new RequestTemplate(parts);
  }

  has(name: Placeholder): boolean {
    return this.#parts.some((part) => part.kind === 'placeholder' && part.name === name);
  }

  /** Names of the features that it asks for one by one. */
  get features(): readonly string[] {
    return this.#parts.flatMap((part) => (part.kind === 'feature' ? [part.feature] : []));
  }

  /** The JSON text with JSON texts filled in. */
  fill(value: (placeholder: Placeholder) => string, feature: (name: string) => string): string {
    let filled = '';
    for (const part of this.#parts) {
      if (part.kind === 'text') filled += part.text;
      else filled += part.kind === 'placeholder' ? value(part.name) : feature(part.feature);
    }
    return filled;
  }
}

function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    parts.push({ kind: 'text', text: oneLine(template.slice(end, match.index)) });
    const [text, name, feature] = match;
    if (name !== undefined) parts.push({ kind: 'placeholder', name: name as Placeholder });
    else parts.push({ kind: 'feature', feature: feature! });
    end = match.index + text.length;
  }
  parts.push({ kind: 'text', text: oneLine(template.slice(end)) });
  return parts;
}

/** JSON has line breaks between its tokens only, and a record of JSON Lines has none. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

function problem(what: string, key: string, fix: string): MonitorError {
  return new MonitorError('CONFIGURATION', what, { where: `analysis configuration, predictor.${key}`, fix });
}
