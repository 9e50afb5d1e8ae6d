import type { Rule } from '../report/report.js';

/** Which rule decides a check, and why: the caller's, else the baseline's, else the service's. */
export function ruleOf(
  options: { readonly rule?: Rule },
  baseline: { readonly file: { readonly rule: Rule } | undefined },
): { readonly rule: Rule; readonly ruleSource: string } {
  if (options.rule !== undefined) return { rule: options.rule, ruleSource: 'the caller (--rule)' };
  if (baseline.file !== undefined) {
    return { rule: baseline.file.rule, ruleSource: 'driftline.json beside the baseline' };
  }
  return { rule: 'threshold', ruleSource: 'the service: there is no driftline.json beside the baseline' };
}
