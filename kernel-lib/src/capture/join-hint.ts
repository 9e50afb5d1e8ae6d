import { joinId } from './joined-records.js';
import type { LabelTable } from './label-table.js';
import type { CaptureFiles } from './locate.js';
import type { CaptureRecord } from './record.js';
import type { LabelCoverage } from './summary.js';

/** Looks at predictions without a label for why they have none. */
export class NearMisses {
  readonly #labels: LabelTable;
  /** The first label ids, in one spelling. */
  #spellings: Map<string, string> | undefined;
  /** Predictions with an `inferenceId` whose `eventId` is a label's id. */
  byEventId = 0;
  /** A prediction's id and the label's that only differ in case or in spaces around them. */
  respelled: { readonly prediction: string; readonly label: string | undefined } | undefined;

  constructor(labels: LabelTable) {
    this.#labels = labels;
  }

  look(record: CaptureRecord): void {
    const { inferenceId, eventId } = record;
    if (inferenceId && eventId && this.#labels.find(eventId) >= 0) this.byEventId++;
    const id = joinId(record);
    if (id === undefined || this.respelled !== undefined) return;
    const spelled = spellingOf(id);
    this.#spellings ??= new Map(this.#labels.examples.map((label) => [spellingOf(label), label]));
    const label = this.#spellings.get(spelled);
    const known =
      label !== undefined || [id.trim(), spelled, id.toUpperCase()].some((as) => this.#labels.find(as) >= 0);
    if (known) this.respelled = { prediction: id, label };
  }
}

/** What else is known where nothing matched. */
export interface HintDetails {
  readonly nearMisses?: NearMisses;
  /** ISO; the newest hour folder with labels, of the window or not. */
  readonly newestLabelHour?: string | undefined;
}

/**
 * Why no label belongs to a prediction, as far as can be told from examples and hours.
 *
 * @param example - The id that the first prediction joins by.
 */
export function joinHint(
  coverage: LabelCoverage,
  labels: LabelTable,
  example: string | undefined,
  files: Pick<CaptureFiles, 'newestHour' | 'oldestHour'>,
  { nearMisses, newestLabelHour }: HintDetails = {},
): string {
  if (coverage.predictions === 0) {
    const known = files.newestHour === undefined ? '' : `; there is capture up to ${files.newestHour}`;
    return `There are no predictions in the window${known}.`;
  }
  if (labels.size === 0) {
    const newest = newestLabelHour === undefined ? '' : ` The newest ground truth lies in hour ${newestLabelHour}.`;
    return `There are no labels for this time: they may not have come yet.${newest}`;
  }
  const label = labels.examples[0];
  const ids =
    example === undefined
      ? 'The predictions have neither inferenceId nor eventId.'
      : `Predictions have ids such as ${JSON.stringify(example)}, labels such as ${JSON.stringify(label)}.`;
  const counts = `None of ${labels.size} labels belongs to one of ${coverage.predictions} predictions.`;
  return `${counts} ${ids} ${likelyReason(coverage, labels, example, nearMisses)}`;
}

function likelyReason(
  { hours, predictions }: LabelCoverage,
  labels: LabelTable,
  example: string | undefined,
  nearMisses: NearMisses | undefined,
): string {
  if (nearMisses !== undefined && nearMisses.byEventId > 0) {
    return `${nearMisses.byEventId} of the ${predictions} predictions have a label under their eventId, but join by their inferenceId, as in the service: write the inferenceId into the label's eventMetadata.eventId.`;
  }
  if (nearMisses?.respelled !== undefined) {
    const { prediction, label } = nearMisses.respelled;
    const pair = label === undefined ? '' : `: ${JSON.stringify(prediction)} and ${JSON.stringify(label)}`;
    return `Ids differ only in case or in spaces around them${pair}. They have to be equal to the letter.`;
  }
  const [first, last, newest] = [hours[0]?.hour, hours.at(-1)?.hour, labels.hours.at(-1)];
  if (first !== undefined && newest !== undefined && newest < first) {
    return `The labels lie in hours up to ${newest}, the predictions in ${first} to ${last}: labels for these may not have come yet.`;
  }
  if (example !== undefined && shapeOf(example) !== shapeOf(labels.examples[0] ?? '')) {
    return 'They look different: a label carries the inferenceId of its prediction, where the prediction has one, else its eventId.';
  }
  return 'The labels may be of another endpoint or of other hours.';
}

function spellingOf(id: string): string {
  return id.trim().toLowerCase();
}

/** "aa-0" for "census-002640": letters and digits in runs. */
function shapeOf(id: string): string {
  return id
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'U')
    .replace(/[A-Za-z]+/g, 'a')
    .replace(/\d+/g, '0');
}
