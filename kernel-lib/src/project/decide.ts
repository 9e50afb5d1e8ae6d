import type { AnnotationsFile, ViolationDecision } from './annotations.js';

/** The annotations with one decision more; one of the same id is replaced. */
export function addDecision(annotations: AnnotationsFile, decision: ViolationDecision): AnnotationsFile {
  const others = annotations.decisions.filter(({ id }) => id !== decision.id);
  return { ...annotations, decisions: [...others, decision] };
}

/** The annotations without a decision; what was decided before it is in force again. */
export function withdrawDecision(annotations: AnnotationsFile, id: string): AnnotationsFile {
  return { ...annotations, decisions: annotations.decisions.filter((decision) => decision.id !== id) };
}
