import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExecutionOutcome, MonitorType } from 'driftline';
import type { Tone } from '../../widgets/status-mark.js';
import type { Chance } from './comparison-rows.js';

/** What an execution came to, in words. */
export function outcomeIn(outcome: ExecutionOutcome, trans: TranslationBundle): string {
  switch (outcome) {
    case 'ok':
      return trans.__('no violations');
    case 'violations':
      return trans.__('violations');
    case 'no-data':
      return trans.__('no data');
    case 'failed':
      return trans.__('failed');
    case 'stopped':
      return trans.__('stopped');
  }
}

/** A monitor type in words. */
export function typeIn(type: MonitorType, trans: TranslationBundle): string {
  switch (type) {
    case 'data-quality':
      return trans.__('data quality');
    case 'model-quality':
      return trans.__('model quality');
    case 'model-bias':
      return trans.__('bias');
    case 'model-explainability':
      return trans.__('attribution');
  }
}

/** Whether a change is more than chance explains, as icon and words. */
export function chanceIn(chance: Chance, trans: TranslationBundle): readonly [Tone, string] {
  switch (chance) {
    case 'moved':
      return ['drifting', trans.__('moved beyond chance')];
    case 'within':
      return ['ok', trans.__('within chance')];
    case 'unknown':
      return ['quiet', trans.__('not known')];
  }
}
