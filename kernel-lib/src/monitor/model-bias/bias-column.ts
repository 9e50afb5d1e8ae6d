import type { FeatureCells } from '../features.js';

/** A column of cells as texts or numbers (NaN where one is missing); whole numbers are told apart as they were written. */
export type BiasColumn = FeatureCells;
