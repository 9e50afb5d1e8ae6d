/** `driftline.yaml` of the example project. */
export function projectFile(features: readonly string[]): string {
  return `# The example project: one endpoint, four monitors. Paths are relative to this file.
version: 1
endpoints:
  census-income:
    capture: capture/census-income
    ground-truth: ground-truth/census-income
    model: model/census-model.json
    columns:
      output: [probability]
      input:
${features.map((feature) => `        - ${feature}\n`).join('')}monitors:
  census-data-quality:
    type: data-quality
    endpoint: census-income
    baseline:
      # The baseline is made of it on the first run, into baseline/census-data-quality/.
      dataset: baseline/training.csv
    # Every midnight; the window is the day before.
    schedule: cron(0 0 ? * * *)
    output: reports
  census-model-quality:
    type: model-quality
    endpoint: census-income
    problem-type: BinaryClassification
    # Of the captured output; the ground truth is one value.
    probability-attribute: probability
    baseline:
      # Scored validation data, with labels.
      dataset: baseline/validation.csv
      ground-truth-attribute: income
      inference-attribute: prediction
      probability-attribute: probability
    # Labels come a day late: until then the quality is estimated, and the day is reported again when they have come.
    schedule: cron(0 0 ? * * *)
    output: reports
  census-model-bias:
    type: model-bias
    endpoint: census-income
    probability-attribute: probability
    # An income above 50,000 dollars.
    label-values: [1]
    # Women against men, and black people against all others.
    facets:
      - name: sex
        values: [Female]
      - name: race
        values: [Black]
    # Within each occupation: CDDL and CDDPL.
    group-variable: occupation
    baseline:
      dataset: baseline/validation.csv
      ground-truth-attribute: income
      probability-attribute: probability
      excluded: [prediction]
    schedule: cron(0 0 ? * * *)
    output: reports
  census-model-explainability:
    type: model-explainability
    endpoint: census-income
    # What the endpoint's model rests on: SHAP values of its training data against those of the requests.
    baseline:
      dataset: baseline/training.csv
    schedule: cron(0 0 ? * * *)
    output: reports
`;
}

/** `README.md` of the example project. */
export function projectReadme(): string {
  return `# The example project

An endpoint, \`census-income\`, estimates from 14 facts about a person whether the income is above 50,000 dollars a year.
Here lies a week of its traffic, from Monday 2026-03-02 to Sunday 2026-03-08 (UTC), as Amazon SageMaker would have captured
it. On Monday and Tuesday all is well. Then five things go wrong, one after the other: see \`incidents.json\`.

| where | what |
| --- | --- |
| \`driftline.yaml\` | the project: endpoint, columns, baselines, the monitors and their schedules |
| \`baseline/training.csv\` | what the model was trained on, with its predictions; the data-quality baseline is made of it |
| \`baseline/validation.csv\` | rows held out from training, with label, prediction (1 from a probability of 0.5) and probability |
| \`model/census-model.json\` | the model, XGBoost JSON |
| \`capture/census-income/AllTraffic/yyyy/mm/dd/hh/\` | requests and responses; every request has an inference id |
| \`ground-truth/census-income/yyyy/mm/dd/hh/\` | the labels, by the hour in which they arrived: one day after the prediction |
| \`incidents.json\` | what goes wrong, in which column, from when to when, how much, and which monitors can see it |

\`driftline demo\` made all this from a seed; the same seed makes the same bytes. Production rows come from a part of the data
that the model has not seen. From Friday on they are drawn by age, so some people of the first days come a second time.

On rows that a model was trained on, its probabilities are a little further from the middle than on new ones. Here that is
a Kolmogorov-Smirnov distance of 0.01, far below the threshold of 0.1, so the training rows can serve as the baseline. Measures
of the model's quality need \`validation.csv\`.

## Source and licence

Becker, B. & Kohavi, R. (1996). *Adult* [Dataset]. UCI Machine Learning Repository. <https://doi.org/10.24432/C5XW20>.
Licence: Creative Commons Attribution 4.0 International, <https://creativecommons.org/licenses/by/4.0/>.

Changed: times, ids and predictions added; rows drawn and put in a new order; the values of the incidents altered as
\`incidents.json\` says; \`income\` written as 1 (above 50,000 dollars) and 0. The data come from the United States census
of 1994 and are an example to watch drift on, not a basis for decisions about anybody.
`;
}
