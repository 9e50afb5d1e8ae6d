import { element, uniqueId } from '../../widgets/element.js';
import type { SetupContext } from './setup-step.js';

export interface PathFieldOptions {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

/** Suggestions at a time. */
const SUGGESTED = 50;

/**
 * A path below the server's root, or a URI. While it is typed, what lies in its folder is suggested; a suggested folder ends
 * in a slash, so that typing goes on below it.
 */
export function pathField(options: PathFieldOptions, { list }: Pick<SetupContext, 'list'>): HTMLElement {
  const { label, hint, value, required, onChange } = options;
  const [id, hintId, listId] = [uniqueId('path'), uniqueId('hint'), uniqueId('paths')];
  const suggestions = element('datalist', { id: listId });
  const input = element('input', {
    id,
    type: 'text',
    list: listId,
    value,
    required,
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-describedby': hintId,
  });
  let shown: string | undefined;
  const suggest = async (): Promise<void> => {
    const folder = input.value.slice(0, input.value.lastIndexOf('/') + 1);
    if (folder === shown || folder.includes('://') || folder.startsWith('/')) return;
    shown = folder;
    const entries = await list(folder.replace(/\/$/, '')).catch(() => []);
    if (folder !== shown) return;
    suggestions.replaceChildren(
      ...entries
        .slice(0, SUGGESTED)
        .map(({ name, folder: isFolder }) => element('option', { value: `${folder}${name}${isFolder ? '/' : ''}` })),
    );
  };
  input.addEventListener('input', () => {
    onChange(input.value);
    void suggest();
  });
  input.addEventListener('focus', () => void suggest());
  return element(
    'div',
    { class: 'driftline-setup-field' },
    element('label', { for: id }, label),
    input,
    suggestions,
    element('p', { id: hintId, class: 'driftline-muted' }, hint),
  );
}
