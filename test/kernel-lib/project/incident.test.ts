import { describe, expect, it } from 'vitest';
import { findIncident, incidentViolation, incidentViolations } from '../../../kernel-lib/src/project/incident.js';
import type { ModelBiasReport } from '../../../kernel-lib/src/report/model-bias-report.js';
import type { ModelExplainabilityReport } from '../../../kernel-lib/src/report/model-explainability-report.js';
import type { ModelQualityReport } from '../../../kernel-lib/src/report/model-quality-report.js';
import type { Report, Violation } from '../../../kernel-lib/src/report/report.js';

const window = { start: '2026-03-07T00:00:00Z', end: '2026-03-08T00:00:00Z' };

function violation(over: Partial<Violation> & { readonly id: string }): Violation {
  return {
    feature: 'age',
    check: 'baseline_drift_check',
    description: '',
    explanation: '',
    measured: 0.2,
    limit: 0.1,
    unit: 'distance',
    rules: ['significant', 'threshold'],
    ...over,
  };
}

function since(hour: string, orEarlier = false): Pick<Violation, 'since'> {
  return { since: { hour: `2026-03-07T${hour}:00:00Z`, orEarlier, before: 0, after: 1 } };
}

function report(violations: readonly Violation[], over: Partial<Report> = {}): Report {
  return { window, rule: 'significant', violations, ...over } as Report;
}

const inData = (...violations: readonly Violation[]) =>
  incidentViolations(report(violations), 'data', '2026-03-08T00:00:00Z');
const segments = [{ conditions: [{ feature: 'sex', kind: 'equals', value: 'Female' }], title: 'sex = Female' }];
const quality = (...violations: readonly Violation[]) =>
  incidentViolations(
    report(violations, { modelQuality: { segments } as unknown as ModelQualityReport }),
    'quality',
    '2026-03-08T00:00:00Z',
  );
const facet = { name: 'sex', value: 'Female', title: 'sex = Female' };
const bias = (...violations: readonly Violation[]) =>
  incidentViolations(
    report(violations, {
      modelBias: {
        facets: [
          {
            facet: 'sex',
            value: 'Female',
            metrics: [
              {
                name: 'RD',
                cause: {
                  segments: [{ conditions: [{ feature: 'age', kind: 'range', from: 43 }], title: 'age >= 43' }],
                },
              },
            ],
          },
        ],
      } as unknown as ModelBiasReport,
    }),
    'bias',
    '2026-03-08T00:00:00Z',
  );

function told(members: ReturnType<typeof findIncident>): unknown[] {
  return members.map(({ violation: { id }, reasons, through }) => [
    id,
    reasons.map((reason) =>
      reason.kind === 'beginning' ? reason.hours : reason.kind === 'feature' ? reason.feature : reason.title,
    ),
    through?.violation.id,
  ]);
}

describe('findIncident()', () => {
  const drift = violation({ id: 'age/drift', ...since('06') });

  it('groups what is about the same feature', () => {
    const [asked, other] = inData(drift, violation({ id: 'age/type', ...since('20') }));
    expect(told(findIncident(asked!, [asked!, other!]))).toEqual([['age/type', ['age'], undefined]]);
  });

  it('groups what began within two hours, and says how far apart', () => {
    const [asked, same, near, far] = inData(
      drift,
      violation({ id: 'a', feature: 'a', ...since('06') }),
      violation({ id: 'b', feature: 'b', ...since('08') }),
      violation({ id: 'c', feature: 'c', ...since('11') }),
    );
    expect(told(findIncident(asked!, [same!, near!, far!]))).toEqual([
      ['a', [0], undefined],
      ['b', [2], undefined],
    ]);
  });

  it('does not compare beginnings that may lie further back', () => {
    const [asked, other] = inData(
      violation({ id: 'a', feature: 'a', ...since('00', true) }),
      violation({ id: 'b', feature: 'b', ...since('00', true) }),
    );
    expect(findIncident(asked!, [other!])).toEqual([]);
  });

  it('joins what is connected through others, and says through what', () => {
    const [asked, near, far] = inData(
      drift,
      violation({ id: 'b', feature: 'b', ...since('08') }),
      violation({ id: 'c', feature: 'c', ...since('10') }),
    );
    expect(told(findIncident(asked!, [far!, near!]))).toEqual([
      ['b', [2], undefined],
      ['c', [2], 'b'],
    ]);
  });

  it('puts first what shares most', () => {
    const [asked, time, both] = inData(
      drift,
      violation({ id: 'b', feature: 'b', ...since('06') }),
      violation({ id: 'age/type', ...since('06') }),
    );
    expect(told(findIncident(asked!, [time!, both!]))).toEqual([
      ['age/type', ['age', 0], undefined],
      ['b', [0], undefined],
    ]);
  });

  it('joins monitors by the rows: a segment in which quality fell and the group of a facet', () => {
    const [metric] = quality(violation({ id: 'recall', feature: 'recall', ...since('00') }));
    const others = bias(violation({ id: 'sex/RD', feature: 'RD', facet, ...since('05') }));
    expect(told(findIncident(metric!, others))).toEqual([['sex/RD', ['sex = Female'], undefined]]);
    const rows = inData(
      violation({
        id: 'sex/drift',
        feature: 'sex',
        query: { source: '', sql: '', condition: { kind: 'in', feature: 'sex', values: ['Female'] } },
      }),
    );
    expect(told(findIncident(others[0]!, rows))).toEqual([['sex/drift', ['sex', 'sex = Female'], undefined]]);
  });

  it('joins drift of a feature and the group of rows that carries a bias metric', () => {
    const [asked] = inData(
      violation({
        id: 'age/range',
        feature: 'other',
        query: { source: '', sql: '', condition: { kind: 'interval', feature: 'age', from: 43 } },
      }),
    );
    const others = bias(violation({ id: 'sex/RD', feature: 'RD', facet }));
    expect(told(findIncident(asked!, others))).toEqual([['sex/RD', ['age >= 43'], undefined]]);
  });

  it('joins attribution by the features whose share rose or fell', () => {
    const outputs = [
      {
        label: 'label0',
        features: [
          { feature: 'age', direction: 'rose' },
          { feature: 'sex', direction: 'unchanged' },
        ],
      },
    ];
    const ranking = incidentViolations(
      report([violation({ id: 'label0/shap', feature: 'shap', label: 'label0' })], {
        modelExplainability: { outputs } as unknown as ModelExplainabilityReport,
      }),
      'attribution',
      '2026-03-08T00:00:00Z',
    );
    const [asked, sex] = inData(drift, violation({ id: 'sex', feature: 'sex' }));
    expect(told(findIncident(asked!, ranking))).toEqual([['label0/shap', ['age'], undefined]]);
    expect(findIncident(sex!, ranking)).toEqual([]);
  });

  it('leaves out windows that do not overlap', () => {
    const [asked] = inData(drift);
    const next = { start: window.end, end: '2026-03-09T00:00:00Z' };
    const later = incidentViolations(report([drift], { window: next }), 'data', '2026-03-09T00:00:00Z');
    expect(findIncident(asked!, later)).toEqual([]);
  });
});

describe('incidentViolations()', () => {
  it('are those of the deciding rule; one of the other rule can be asked about', () => {
    const other = violation({ id: 'age/drift', rules: ['threshold'] });
    expect(inData(other)).toEqual([]);
    const asked = incidentViolation(report([other]), 'data', '2026-03-08T00:00:00Z', other);
    expect(asked?.features).toEqual(['age']);
  });

  it('do not take the name of a check for a feature', () => {
    const [missing] = inData(violation({ id: 'm', feature: 'Missing columns', check: 'missing_column_check' }));
    expect(missing?.features).toEqual([]);
  });
});
