import type { Report } from '../report/report.js';
import type { CheckedReport, CheckedViolation } from './check.js';

/** A report on numbers of many rows together (metrics of bias, rankings): there are no single records behind them. */
export function withoutRecords(report: Report): CheckedReport {
  const { modelQuality: _, ...plain } = report;
  const violations = report.violations.map(
    (violation) =>
      Object.defineProperty({ ...violation }, 'records', { value: async () => [] }) as unknown as CheckedViolation,
  );
  return { ...plain, violations };
}
