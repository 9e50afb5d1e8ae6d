// For the bias monitor, until it imports them from where they are.
export { EncodedFeatures, type FeatureCells, FeatureColumn, type FeatureSink, RawFeatures } from '../features.js';
