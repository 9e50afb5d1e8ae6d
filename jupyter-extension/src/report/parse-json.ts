export type ParsedJson = { readonly value: unknown } | { readonly error: string };

const tokens = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Reads JSON, also as Python and Jackson write it with bare `NaN`, `Infinity` and `-Infinity`: they become the strings
 * of that name, as the service itself writes an unknown standard deviation.
 */
export function parseJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    try {
      const tolerant = text.replace(tokens, (token) => (token.startsWith('"') ? token : `"${token}"`));
      return { value: JSON.parse(tolerant) as unknown };
    } catch {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }
}
