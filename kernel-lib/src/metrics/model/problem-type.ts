/** What a model answers, named as the service names it. */
export type ProblemType = 'BinaryClassification' | 'MulticlassClassification' | 'Regression';
