/** Measures once from a mark until now, for those who watch how long the page takes; without the mark it does nothing. */
export function measureFrom(mark: string, name: 'driftline:dashboard' | 'driftline:feature'): void {
  if (performance.getEntriesByName(mark, 'mark').length === 0) return;
  performance.measure(name, mark);
  performance.clearMarks(mark);
}
