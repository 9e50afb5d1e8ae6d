import { z } from 'zod';

/** A number of `analysis.json`; infinite ones are written as texts. */
export type AnalysisNumber = number | 'Infinity' | '-Infinity' | null;

/** A bias metric of `analysis.json`. */
export interface AnalysisMetric {
  readonly name: string;
  readonly description?: string | undefined;
  readonly value: AnalysisNumber;
  /** Why there is no value. */
  readonly error?: string | undefined;
}

/** The metrics of one group of a facet. */
export interface AnalysisFacet {
  readonly value_or_threshold: string;
  readonly metrics: readonly AnalysisMetric[];
}

/** The bias metrics of one stage. */
export interface AnalysisBias {
  readonly label: string;
  /** By the facet's column. */
  readonly facets: Readonly<Record<string, readonly AnalysisFacet[]>>;
  readonly label_value_or_threshold: string;
}

/** What the model rests on for one output. */
export interface AnalysisAttributions {
  /** By feature. */
  readonly global_shap_values: Readonly<Record<string, AnalysisNumber>>;
  readonly expected_value?: AnalysisNumber | undefined;
}

/** Clarify's `analysis.json`: what a bias or explainability baseline consists of, and what a check writes. */
export interface Analysis {
  readonly version?: string | number | undefined;
  readonly post_training_bias_metrics?: AnalysisBias | undefined;
  readonly pre_training_bias_metrics?: AnalysisBias | undefined;
  readonly explanations?:
    | {
        /** By output: "label0", or a name of `label_headers`. */
        readonly kernel_shap?: Readonly<Record<string, AnalysisAttributions>> | undefined;
      }
    | undefined;
}

const number = z
  .union([z.number(), z.literal(['Infinity', '-Infinity', 'NaN']), z.nan(), z.null()])
  .or(z.literal([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));

const bias = z.looseObject({
  label: z.union([z.string(), z.number()]),
  facets: z.record(
    z.string(),
    z.array(
      z.looseObject({
        value_or_threshold: z.union([z.string(), z.number()]),
        metrics: z.array(
          z.looseObject({
            name: z.string(),
            description: z.string().optional(),
            value: number.optional(),
            error: z.string().optional(),
          }),
        ),
      }),
    ),
  ),
  label_value_or_threshold: z.union([z.string(), z.number()]).optional(),
});

/** The layout of `analysis.json`; keys that are not known yet are allowed. */
export const analysisSchema: z.ZodType<Analysis> = z.looseObject({
  version: z.union([z.string(), z.number()]).optional(),
  post_training_bias_metrics: bias.optional(),
  pre_training_bias_metrics: bias.optional(),
  explanations: z
    .looseObject({
      kernel_shap: z
        .record(
          z.string(),
          z.looseObject({ global_shap_values: z.record(z.string(), number), expected_value: number.optional() }),
        )
        .optional(),
    })
    .optional(),
}) as unknown as z.ZodType<Analysis>;
