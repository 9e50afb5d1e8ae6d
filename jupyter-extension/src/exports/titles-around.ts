/** The titles of what a part of the page belongs to, the widest first: the report, then the feature or metric. */
export function titlesAround(node: Element): string[] {
  const panel = node.closest('.driftline-panel')?.querySelector('h2')?.textContent ?? undefined;
  const chosen = node.closest('.driftline-detail')?.getAttribute('aria-label') ?? undefined;
  return [panel, chosen].filter((title) => title !== undefined && title !== '') as string[];
}
