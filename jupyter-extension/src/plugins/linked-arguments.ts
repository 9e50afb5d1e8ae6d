/** What a page's address asks for. */
export interface LinkedArguments {
  /** The arguments of the command: an object of texts; undefined where the parameter is none. */
  readonly args: Readonly<Record<string, string>> | undefined;
  /** The address without the parameter. */
  readonly rest: string;
}

/** Takes a parameter with a JSON object of texts out of an address (path, query and fragment). */
export function linkedArguments(request: string, parameter: string): LinkedArguments {
  const url = new URL(request, 'http://localhost');
  const text = url.searchParams.get(parameter) ?? '';
  url.searchParams.delete(parameter);
  const rest = `${url.pathname}${url.search}${url.hash}`;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const entries = isObject ? Object.entries(value) : [];
    const texts = entries.every((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { args: entries.length > 0 && texts ? Object.fromEntries(entries) : undefined, rest };
  } catch {
    return { args: undefined, rest };
  }
}
