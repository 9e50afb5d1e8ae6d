import { readRecords } from '../capture/records.js';
import type { Report } from '../report/report.js';
import type { CheckedReport, CheckedViolation } from './check.js';
import type { LocationProfile } from './profile-location.js';

/** A data-quality report whose violations read their records again, out of the data that were profiled. */
export function withRecords(report: Report, { plan, reread }: LocationProfile): CheckedReport {
  const violations = report.violations.map((violation): CheckedViolation => {
    const { query } = violation;
    const records: CheckedViolation['records'] = async (options = {}) => {
      if (query === undefined) return [];
      if (plan !== undefined) return readRecords(query, plan, options);
      return reread === undefined ? [] : reread(query.condition, options);
    };
    // Not enumerable: the report stays plain JSON.
    return Object.defineProperty({ ...violation }, 'records', { value: records }) as CheckedViolation;
  });
  const { modelQuality: _, ...plain } = report;
  return { ...plain, violations };
}
