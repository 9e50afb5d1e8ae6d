import picocolors from 'picocolors';
import { plainTable, terminalText } from '../../report/plain-table.js';
import { countText } from '../../report/value-text.js';
import type { CapturedColumn, Guess, SetupInspection } from './inspection.js';

export interface InspectionTextOptions {
  readonly colour?: boolean;
  readonly width?: number;
}

/** Characters that reasons get at least. */
const WHY = 26;

/** What was found, for the terminal: the columns with example values, what they seem to be and why, and the monitors. */
export function inspectionText(
  inspection: SetupInspection,
  { colour = false, width = 100 }: InspectionTextOptions = {},
): string {
  const paint = picocolors.createColors(colour);
  const { capture, groundTruth, dataset, monitors, notes } = inspection;
  const captured = [...capture.columns, ...(groundTruth?.columns ?? [])];
  const names = Math.max(6, ...captured.map(({ name, column }) => Math.max(name.length, column?.length ?? 1)));
  const name = Math.min(24, names);
  const trained = Math.max(13, name);
  const examples = Math.max(20, Math.min(36, width - 20 - name - trained - WHY));
  const why = Math.max(WHY, width - 20 - name - trained - examples);
  const columns = plainTable(
    [
      { head: 'Captured', width: 12 },
      { head: 'Name', width: name },
      { head: 'Training file', width: trained },
      { head: 'Captured values', width: examples },
      { head: 'Why', width: why },
    ],
    captured.map((column) => [
      placeOf(column),
      paint.bold(terminalText(column.name, name)),
      terminalText(column.column ?? '-', name),
      terminalText(column.examples.join(', '), examples),
      terminalText(column.reason),
    ]),
    paint.dim,
  );
  const wide = Math.max(name, 24);
  const roles = plainTable(
    [
      { head: 'What', width: 16 },
      { head: 'Column', width: wide },
      { head: 'Values', width: examples },
      { head: 'Why', width: Math.max(WHY, width - 24 - wide - examples) },
    ],
    [
      ...roleRows('label', inspection.label, dataset.columns, examples),
      ...roleRows('prediction', inspection.prediction, dataset.columns, examples),
      ...roleRows('probability', inspection.probability, dataset.columns, examples),
      ...(inspection.problemType
        ? [['problem type', inspection.problemType.value, '', inspection.problemType.reason]]
        : []),
      ...(inspection.positiveLabel
        ? [['positive label', terminalText(inspection.positiveLabel.value), '', inspection.positiveLabel.reason]]
        : []),
      ...inspection.facets.flatMap((facet) => roleRows('compared', facet, dataset.columns, examples)),
    ],
    paint.dim,
  );
  const choices = plainTable(
    [
      { head: 'Monitor', width: 22 },
      { head: '', width: 4 },
      { head: '', width: Math.max(24, width - 32) },
    ],
    monitors.map(({ type, possible, reason }) => [paint.bold(type), possible ? 'yes' : 'no', terminalText(reason)]),
    paint.dim,
  );
  const rows = `${countText(dataset.rows)}${dataset.more ? '+' : ''} rows`;
  const head = `Training file: ${rows}, ${dataset.columns.length} columns. Endpoint: ${inspection.endpoint}.`;
  return [head, columns, roles, choices, notes.map((note) => terminalText(note)).join('\n')].join('\n\n');
}

function placeOf({ part, position }: CapturedColumn): string {
  return `${part === 'ground-truth' ? 'label' : part} ${position + 1}`;
}

function roleRows(
  role: string,
  guess: Guess | undefined,
  columns: SetupInspection['dataset']['columns'],
  width: number,
): string[][] {
  if (guess === undefined) return role === 'label' ? [[role, '-', '', 'Not found.']] : [];
  const values = columns.find(({ name }) => name === guess.value)?.examples.join(', ') ?? '';
  return [[role, terminalText(guess.value), terminalText(values, width), terminalText(guess.reason)]];
}
