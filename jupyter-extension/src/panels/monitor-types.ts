import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorType } from 'driftline';

/** In the order in which panels show them. */
export const monitorTypes: readonly MonitorType[] = [
  'data-quality',
  'model-quality',
  'model-bias',
  'model-explainability',
];

/** "Data quality", "Model quality", "Bias", "Attribution". */
export function monitorTypeTitle(type: MonitorType, trans: TranslationBundle): string {
  switch (type) {
    case 'data-quality':
      return trans.__('Data quality');
    case 'model-quality':
      return trans.__('Model quality');
    case 'model-bias':
      return trans.__('Bias');
    case 'model-explainability':
      return trans.__('Attribution');
  }
}
