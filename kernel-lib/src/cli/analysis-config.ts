import { z } from 'zod';
import { MonitorError } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';

/** What data and model quality take from Clarify's `analysis_config.json`; other keys are left to other monitors. */
export interface AnalysisConfig {
  readonly headers?: readonly string[] | undefined;
  /** The column of the label: its name. */
  readonly label?: string | undefined;
  /** The positive class. */
  readonly label_values_or_threshold?: readonly (string | number | boolean)[] | undefined;
}

const schema: z.ZodType<AnalysisConfig> = z.looseObject({
  headers: z.array(z.string()).optional(),
  label: z.string().optional(),
  label_values_or_threshold: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export async function loadAnalysisConfig(uri: string): Promise<AnalysisConfig> {
  const text = new TextDecoder().decode(await openStorage(uri).read(uri));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', `The configuration is not JSON: ${(cause as Error).message}`, {
      where: uri,
      cause,
    });
  }
  const result = schema.safeParse(json);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`);
    throw new MonitorError('CONFIGURATION', problems.join('; '), { where: uri });
  }
  return result.data;
}
