// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { attributionLimits } from '../../../../jupyter-extension/src/panels/constraints/attribution-limits.js';
import { biasLimits } from '../../../../jupyter-extension/src/panels/constraints/bias-limits.js';
import type { Edit, LimitKind } from '../../../../jupyter-extension/src/panels/constraints/limit-kind.js';
import * as library from '../../../../kernel-lib/src/browser.js';
import { sampleBiasReport } from '../../../support/model-bias-report.js';
import { sampleExplainabilityReport } from '../../../support/model-explainability-report.js';
import { trans } from '../../support/trans.js';

const yaml = `# Ours.
version: 1
endpoints:
  census: { capture: capture, model: model.json }
monitors:
  bias:
    type: model-bias
    endpoint: census
    baseline: baseline/bias
    schedule: cron(0 0 ? * * *)
    output: reports
    limits:
      - metric: DPPL
        upper: 0.3
      - { metric: AD, facet: sex, lower: -0.2 }
  shap: # the model's reasons
    type: model-explainability
    endpoint: census
    baseline: baseline/shap
    schedule: cron(0 0 ? * * *)
    output: reports
`;

/** A form of one subject, with the text as it comes to be. */
function form<Value>(kind: LimitKind<Value>, subject: string) {
  let value = kind.parse(yaml);
  const edit: Edit<Value> = {
    value: () => value,
    change: (change) => {
      value = change(value);
    },
  };
  const fields = kind.fields(subject, edit, { reasons: () => [] });
  return {
    text: () => kind.stringify(value),
    value: () => value,
    words: () => {
      for (const field of fields) field.refresh();
      return fields.map(({ node }) => node.textContent).join(' ');
    },
    type: (index: number, text: string) => {
      const input = fields[index]!.node.querySelector<HTMLInputElement>('input[type=number]')!;
      input.value = text;
      input.dispatchEvent(new Event('input'));
    },
    back: () => {
      value = kind.suggested(subject, value, undefined) ?? value;
    },
  };
}

const report = sampleBiasReport();
const bias = () => biasLimits(library, trans, { monitor: 'bias', report: report.modelBias! });
const configOf = (text: string) => library.parseProjectFile(text, 'driftline.yaml').monitors;
const [facet] = report.modelBias!.facets;
const dppl = facet!.metrics.find(({ name }) => name === 'DPPL')!;

describe('ranges of bias metrics', () => {
  it('are listed for each group and metric of the baseline, and for all groups', () => {
    const kind = bias();
    const subjects = kind.subjects(kind.parse(yaml));
    const names = subjects.map(({ name }) => name);
    expect(names).toContain(`${facet!.title}: DPPL`);
    expect(names).toContain('DPPL');
    expect(new Set(names).size).toBe(names.length);
    const about = (wanted: string): string | undefined => subjects.find(({ name }) => name === wanted)?.about;
    expect(about('DPPL')).toBe('at most 0.3');
    expect(about(`${facet!.title}: DPPL`)).toBe('at most 0.3');
    expect(about(`${facet!.title}: RD`)).toBe('as the baseline');
  });

  it('are written for one group, and leave all else in the file as it is', () => {
    const edited = form(bias(), `${facet!.title}: DPPL`);
    expect(edited.words()).toContain('Nothing is set here: at most 0.3 applies, which is set for all groups.');
    edited.type(0, '-0.1');
    edited.type(1, '0.25');
    expect(configOf(edited.text())['bias']?.limits).toEqual([
      { metric: 'DPPL', upper: 0.3 },
      { metric: 'AD', facet: 'sex', lower: -0.2 },
      { metric: 'DPPL', facet: facet!.facet, value: facet!.value, lower: -0.1, upper: 0.25 },
    ]);
    expect(edited.text()).toContain('# Ours.\n');
    expect(edited.text()).toContain("  shap: # the model's reasons\n");
    expect(edited.words()).toContain(`Set here, for ${facet!.title}.`);

    edited.back();
    expect(configOf(edited.text())['bias']?.limits).toHaveLength(2);
  });

  it('wait for the other bound while they are no range', () => {
    const edited = form(bias(), 'DPPL');
    edited.type(0, '0.5');
    expect(edited.text()).toBe(yaml);
    edited.type(1, '0.6');
    edited.type(0, '0.5');
    expect(configOf(edited.text())['bias']?.limits).toContainEqual({ metric: 'DPPL', lower: 0.5, upper: 0.6 });
  });

  it('say what the baseline allows where nothing is set', () => {
    const rd = facet!.metrics.find(({ name }) => name === 'RD')!;
    const distance = Math.abs(rd.baseline!.value! - rd.fair);
    const words = form(bias(), `${facet!.title}: RD`).words();
    expect(words).toContain(`no further from ${rd.fair} than the baseline`);
    const kind = bias();
    const measured = kind.measured(`${facet!.title}: RD`, kind.parse(yaml), report);
    expect(measured).toMatchObject({
      value: rd.current!.value,
      minimum: rd.fair - distance,
      maximum: rd.fair + distance,
    });
  });

  it('show the group that is furthest from equal treatment where they are of all', () => {
    const kind = bias();
    const values = report.modelBias!.facets.map(
      ({ metrics }) => metrics.find(({ name }) => name === 'DPPL')!.current!.value!,
    );
    const worst = values.toSorted((a, b) => Math.abs(b - dppl.fair) - Math.abs(a - dppl.fair))[0];
    expect(kind.measured('DPPL', kind.parse(yaml), report)).toMatchObject({ value: worst, maximum: 0.3 });
    expect(kind.isAbout('DPPL', `${facet!.title}/DPPL/bias_drift_check`)).toBe(true);
    expect(kind.isAbout(`${facet!.title}: DPPL`, 'race = Black/DPPL/bias_drift_check')).toBe(false);
  });
});

describe('the least nDCG', () => {
  it('is the service’s until it is set, and goes back to it', () => {
    const kind = attributionLimits(library, trans, 'shap');
    const edited = form(kind, 'nDCG');
    expect(kind.subjects(edited.value())[0]?.about).toBe('at least 0.9');
    edited.type(0, '0.95');
    expect(configOf(edited.text())['shap']?.['attribution-threshold']).toBe(0.95);
    expect(kind.limits(edited.value())).toEqual({ attributionThreshold: 0.95 });
    edited.back();
    expect(edited.text()).toBe(yaml);
  });

  it('is shown beside the lowest ranking', () => {
    const kind = attributionLimits(library, trans, 'shap');
    const shap = sampleExplainabilityReport();
    const lowest = Math.min(...shap.modelExplainability!.outputs.map(({ ranking }) => ranking.value));
    expect(kind.measured('nDCG', kind.parse(yaml), shap)).toMatchObject({ value: lowest, minimum: 0.9 });
  });
});
