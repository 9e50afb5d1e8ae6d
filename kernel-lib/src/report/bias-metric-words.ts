import { biasNumberText, pluralPoints, pointsText } from './bias-number-text.js';
import type { BiasSide, BiasValue } from './model-bias-report.js';
import { countText, percentText } from './value-text.js';

/** The parties of a comparison in words; texts from the data are as they came. */
export interface BiasParties {
  /** "rows with sex = Female". */
  readonly group: string;
  /** "those with sex = Male", "all others". */
  readonly others: string;
  /** The positive value, in quotation marks unless it is an interval: ">50K", in (0.5, 1.0]. */
  readonly positive: string;
  readonly groupVariable: string;
}

/** What is said of a value: one sample's, with the counts that it is made from, where they are known. */
export interface BiasSample {
  readonly value: BiasValue & { readonly value: number };
  readonly group?: BiasSide;
  readonly others?: BiasSide;
}

/** The words of one metric. */
export interface BiasMetricWords {
  /** What it compares, in a few words: "positive predictions". */
  readonly compared: string;
  /**
   * Whom a value above the fair one disadvantages, where the positive value is the favourable one; absent where it says
   * nothing about that.
   */
  readonly aboveHurts?: 'group' | 'others';
  /** What the value means: the beginning of a sentence, without its end. */
  says(parties: BiasParties, sample: BiasSample): string;
  /** A baseline's value beside the current one, after "in the baseline it was". */
  amount(value: number, current: number): string;
  /** The interval in the unit of `says`. */
  interval(lower: number, upper: number): string;
}

type Count = (side: BiasSide) => number | undefined;

/** One count over another, of one side. */
interface SideRate {
  readonly part: Count;
  readonly whole: Count;
}

const positiveLabels: SideRate = { part: ({ positiveLabels: count }) => count, whole: ({ rows }) => rows };
const positivePredictions: SideRate = {
  part: ({ confusion }) => confusion && confusion.truePositives + confusion.falsePositives,
  whole: ({ rows }) => rows,
};
const recall: SideRate = {
  part: ({ confusion }) => confusion?.truePositives,
  whole: ({ positiveLabels: count }) => count,
};
const specificity: SideRate = {
  part: ({ confusion }) => confusion?.trueNegatives,
  whole: ({ rows, positiveLabels: count }) => rows - count,
};
const accuracy: SideRate = {
  part: ({ confusion }) => confusion && confusion.truePositives + confusion.trueNegatives,
  whole: ({ rows }) => rows,
};
const acceptance: SideRate = {
  part: ({ confusion }) => confusion?.truePositives,
  whole: ({ confusion }) => confusion && confusion.truePositives + confusion.falsePositives,
};
const rejection: SideRate = {
  part: ({ confusion }) => confusion?.trueNegatives,
  whole: ({ confusion }) => confusion && confusion.trueNegatives + confusion.falseNegatives,
};

/** "11.8 % of 524 against 60.8 % of 1,001", after a colon; empty where the counts are not known. */
function ratesText({ part, whole }: SideRate, { group, others }: BiasSample): string {
  const text = (side: BiasSide | undefined): string | undefined => {
    const [some, all] = side === undefined ? [] : [part(side), whole(side)];
    return some === undefined || all === undefined || all === 0
      ? undefined
      : `${percentText(some / all)} of ${countText(all)}`;
  };
  const [ofGroup, ofOthers] = [text(group), text(others)];
  return ofGroup === undefined || ofOthers === undefined ? '' : `: ${ofGroup} against ${ofOthers}`;
}

/** A difference of shares. `sign` is 1 where the metric is the group's share less that of the others. */
function shares(
  words: Pick<BiasMetricWords, 'compared' | 'aboveHurts'>,
  sign: 1 | -1,
  rate: SideRate,
  subject: (parties: BiasParties) => readonly [lead: string, tail: string],
): BiasMetricWords {
  const often = (value: number): string => {
    if (value === 0) return 'equally often';
    return `${pluralPoints(value)} ${sign * value > 0 ? 'more' : 'less'} often`;
  };
  return {
    ...words,
    amount: often,
    interval: (lower, upper) => {
      if (lower >= 0 || upper <= 0) {
        const [near, far] = [lower, upper].sort((a, b) => Math.abs(a) - Math.abs(b)) as [number, number];
        return `${pointsText(near)} to ${pluralPoints(far)}`;
      }
      const [less, more] = sign === 1 ? [lower, upper] : [upper, lower];
      return `from ${pluralPoints(less)} less to ${pointsText(more)} more often`;
    },
    says: (parties, sample) => {
      const [lead, tail] = subject(parties);
      const { value } = sample.value;
      return `${lead} ${often(value)} ${value === 0 ? 'as' : 'than'} ${tail}${ratesText(rate, sample)}`;
    },
  };
}

/** A difference of two counts' ratio, whose sides are said instead of the difference. */
function ratios(
  words: Pick<BiasMetricWords, 'compared' | 'aboveHurts'>,
  { part, whole }: SideRate,
  says: (parties: BiasParties, ofGroup: string, ofOthers: string) => string,
): BiasMetricWords {
  const text = (side: BiasSide | undefined): string | undefined => {
    const [some, all] = side === undefined ? [] : [part(side), whole(side)];
    return some === undefined || all === undefined || all === 0 ? undefined : biasNumberText(some / all);
  };
  return {
    ...words,
    amount: (value) => `a difference of ${biasNumberText(value)}`,
    interval: (lower, upper) => `of the difference ${biasNumberText(lower)} to ${biasNumberText(upper)}`,
    says: (parties, { value: { value }, group, others }) => {
      const [ofGroup, ofOthers] = [text(group), text(others)];
      if (ofGroup === undefined || ofOthers === undefined) {
        return `${parties.group} and ${parties.others} differ in ${words.compared} by ${biasNumberText(value)}`;
      }
      return says(parties, ofGroup, ofOthers);
    },
  };
}

/** A number that stands for itself. */
function plain(
  words: Pick<BiasMetricWords, 'compared' | 'aboveHurts'>,
  says: (parties: BiasParties, value: number, sample: BiasSample) => string,
): BiasMetricWords {
  return {
    ...words,
    amount: biasNumberText,
    interval: (lower, upper) => `${biasNumberText(lower)} to ${biasNumberText(upper)}`,
    says: (parties, sample) => says(parties, sample.value.value, sample),
  };
}

function distance(compared: string): BiasMetricWords {
  return plain({ compared }, ({ group, others, positive }, value, sample) => {
    const rates = ratesText(positiveLabels, sample);
    return `the labels of ${group} and of ${others} are ${biasNumberText(value)} apart, where 0 is equal${rates === '' ? '' : `${rates} have the label ${positive}`}`;
  });
}

function disparity(compared: string, of: 'labels' | 'predictions'): BiasMetricWords {
  return {
    ...plain({ compared, aboveHurts: 'group' }, ({ group, groupVariable, positive }, value) => {
      const [more, fewer] = value >= 0 ? [`other ${of}`, `${of} ${positive}`] : [`${of} ${positive}`, `other ${of}`];
      return `within equal values of ${groupVariable}, ${group} are a share of the ${more} that is ${pluralPoints(value)} larger than their share of the ${fewer}`;
    }),
    amount: (value, current) => pluralPoints(value) + turnedRound(value, current),
    interval: (lower, upper) => spanText(lower, upper, pointsText, ' points'),
  };
}

const metricWords: Readonly<Record<string, BiasMetricWords>> = {
  CDDL: disparity('labels within subgroups', 'labels'),
  CI: {
    ...plain({ compared: 'sizes of the groups' }, ({ group, others }, value, sample) => {
      const [own, rest] = [sample.group?.rows, sample.others?.rows];
      const counts = own === undefined || rest === undefined ? '' : `: ${countText(own)} against ${countText(rest)}`;
      return `${group} are ${percentText((1 - value) / 2)} of all, ${others} the rest${counts}`;
    }),
    amount: (value) => percentText((1 - value) / 2),
    interval: (lower, upper) => `${percentText((1 - upper) / 2)} to ${percentText((1 - lower) / 2)}`,
  },
  DPL: shares({ compared: 'positive labels', aboveHurts: 'group' }, -1, positiveLabels, (parties) => [
    `${parties.group} have the label ${parties.positive}`,
    parties.others,
  ]),
  JS: distance('labels, Jensen-Shannon'),
  KL: distance('labels, Kullback-Leibler'),
  KS: distance('labels, largest difference'),
  LP: distance('labels, Euclidean'),
  TVD: distance('labels, total variation'),
  AD: shares({ compared: 'right predictions', aboveHurts: 'group' }, -1, accuracy, (parties) => [
    `predictions for ${parties.group} are right`,
    `for ${parties.others}`,
  ]),
  CDDPL: disparity('predictions within subgroups', 'predictions'),
  DAR: shares({ compared: 'right among positive predictions', aboveHurts: 'group' }, -1, acceptance, (parties) => [
    `predictions of ${parties.positive} for ${parties.group} are right`,
    `for ${parties.others}`,
  ]),
  DCA: ratios(
    { compared: 'labels per positive prediction', aboveHurts: 'others' },
    { part: positiveLabels.part, whole: positivePredictions.part },
    ({ group, others, positive }, ofGroup, ofOthers) =>
      `for each prediction of ${positive}, ${group} have ${ofGroup} labels ${positive}, ${others} ${ofOthers}`,
  ),
  DCR: ratios(
    { compared: 'labels per negative prediction', aboveHurts: 'others' },
    { part: specificity.whole, whole: rejection.whole },
    ({ group, others, positive }, ofGroup, ofOthers) =>
      `for each prediction other than ${positive}, ${group} have ${ofGroup} labels other than ${positive}, ${others} ${ofOthers}`,
  ),
  DI: {
    ...plain({ compared: 'positive predictions, ratio' }, ({ group, others, positive }, value, sample) => {
      const rates = ratesText(positivePredictions, sample);
      return `${group} are predicted ${positive} ${biasNumberText(value)} times as often as ${others}${rates}`;
    }),
    aboveHurts: 'others',
    amount: (value) => `${biasNumberText(value)} times as often`,
  },
  DPPL: shares({ compared: 'positive predictions', aboveHurts: 'group' }, -1, positivePredictions, (parties) => [
    `${parties.group} are predicted ${parties.positive}`,
    parties.others,
  ]),
  DRR: shares({ compared: 'right among negative predictions', aboveHurts: 'others' }, 1, rejection, (parties) => [
    `predictions other than ${parties.positive} for ${parties.group} are right`,
    `for ${parties.others}`,
  ]),
  FT: {
    ...plain({ compared: 'similar rows, flip test', aboveHurts: 'others' }, ({ group, others, positive }, value) => {
      const [own, similar] =
        value <= 0
          ? [`are not predicted ${positive}`, `similar rows among ${others} are`]
          : [`are predicted ${positive}`, `similar rows among ${others} are not`];
      return `${group} ${own} where ${similar}: ${percentText(Math.abs(value))} of them more than the other way round`;
    }),
    amount: (value, current) => percentText(Math.abs(value)) + turnedRound(value, current),
    interval: (lower, upper) => spanText(lower, upper, (value) => percentText(Math.abs(value)), ''),
  },
  GE: plain(
    { compared: 'spread of benefit over all rows' },
    (_, value) =>
      `the benefit from predictions is spread by ${biasNumberText(value)} over all rows, both sides alike, where 0 is equal benefit`,
  ),
  RD: shares({ compared: 'recall', aboveHurts: 'group' }, -1, recall, (parties) => [
    `${parties.group} and the label ${parties.positive} are predicted so`,
    parties.others,
  ]),
  SD: shares({ compared: 'specificity', aboveHurts: 'group' }, 1, specificity, (parties) => [
    `${parties.group} and without the label ${parties.positive} are rightly not predicted so`,
    parties.others,
  ]),
  TE: ratios(
    { compared: 'missed per wrongly found', aboveHurts: 'group' },
    { part: ({ confusion }) => confusion?.falseNegatives, whole: ({ confusion }) => confusion?.falsePositives },
    ({ group, others, positive }, ofGroup, ofOthers) =>
      `for each row that is wrongly predicted ${positive}, ${group} have ${ofGroup} that wrongly are not, ${others} ${ofOthers}`,
  ),
};

/** What is to be added to an amount without its sign. */
function turnedRound(value: number, current: number): string {
  return value * current < 0 ? ' the other way round' : '';
}

/** An interval of a number whose sign the sentence has said; one that reaches over 0 says so. */
function spanText(lower: number, upper: number, text: (value: number) => string, unit: string): string {
  const [least, most] = Math.abs(lower) <= Math.abs(upper) ? [lower, upper] : [upper, lower];
  return least * most < 0
    ? `${text(most)}${unit} to ${text(least)}${unit} the other way round`
    : `${text(least)} to ${text(most)}${unit}`;
}

/** The words of a metric, by the service's name; of one that is not known here its title and its value. */
export function wordsOf(name: string, title: string): BiasMetricWords {
  return (
    (Object.hasOwn(metricWords, name) ? metricWords[name] : undefined) ??
    plain(
      { compared: title },
      ({ group, others }, value) => `${title} of ${group} against ${others} is ${biasNumberText(value)}`,
    )
  );
}
