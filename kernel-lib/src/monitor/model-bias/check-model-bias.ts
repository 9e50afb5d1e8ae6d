import { MonitorError } from '../../errors.js';
import type { CheckedReport, CheckOptions } from '../check.js';

export async function checkModelBias(_options: CheckOptions): Promise<CheckedReport> {
  throw new MonitorError('USAGE', 'not yet');
}
