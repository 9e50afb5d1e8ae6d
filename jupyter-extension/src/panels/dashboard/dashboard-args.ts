import type { MonitorType } from 'driftline';
import type { PanelContext } from '../../widgets/panel-context.js';

/** Arguments of `driftline:open-dashboard`; a type, since JSON objects have an index signature. */
export type DashboardArgs = {
  /** The project's folder below the server's root. */
  project: string;
  endpoint: string;
  /** See {@link tabIds}; default: the overview. */
  tab?: string;
  /** The monitor that its tab shows, where the endpoint has several of one type. */
  monitor?: string;
  /** ISO times: a range that stays. */
  from?: string;
  to?: string;
  /** A range that moves along: "day", "week", "month" or "all", until "now" or "latest". */
  last?: string;
  until?: string;
  /**
   * What is shown in full. Data quality: a feature. The other tabs: a subject of the history by its key, "f1",
   * "sex=Female/DPPL", "label0/share/age".
   */
  feature?: string;
  /** Data quality: the hour of the feature that is shown (ISO). */
  hour?: string;
};

export const tabIds = ['overview', 'data-quality', 'model-quality', 'bias', 'attribution', 'executions'] as const;
export type TabId = (typeof tabIds)[number];

/** The tabs of the four monitors. */
export type MonitorTabId = Exclude<TabId, 'overview' | 'executions'>;

export const monitorTypeOf: Readonly<Record<MonitorTabId, MonitorType>> = {
  'data-quality': 'data-quality',
  'model-quality': 'model-quality',
  bias: 'model-bias',
  attribution: 'model-explainability',
};

export const tabOfType: Readonly<Record<MonitorType, MonitorTabId>> = {
  'data-quality': 'data-quality',
  'model-quality': 'model-quality',
  'model-bias': 'bias',
  'model-explainability': 'attribution',
};

export function tabTitle(tab: TabId, trans: PanelContext['trans']): string {
  const titles: Readonly<Record<TabId, string>> = {
    overview: trans.__('Overview'),
    'data-quality': trans.__('Data quality'),
    'model-quality': trans.__('Model quality'),
    bias: trans.__('Bias'),
    attribution: trans.__('Attribution'),
    executions: trans.__('Executions'),
  };
  return titles[tab];
}

/** The lists of metrics and features, by tab. */
export const lists: Readonly<Record<'model-quality' | 'bias' | 'attribution', string>> = {
  'model-quality': 'metrics',
  bias: 'bias metrics',
  attribution: 'shares',
};

/** The entry of a tab's list that a subject of the history belongs to: metrics by their name, shares by their feature. */
export function listEntry(tab: keyof typeof lists, key: string): string {
  if (tab === 'bias') return key.slice(key.lastIndexOf('/') + 1);
  if (tab === 'attribution') return key.slice(key.indexOf('/share/') + 1).replace(/^share\//, '');
  return key;
}

/** The tab that arguments ask for: by name, or that of the monitor's type. */
export function tabOf(tab: string | undefined, type: MonitorType | undefined): TabId {
  return tabIds.find((id) => id === tab) ?? (type === undefined ? 'overview' : tabOfType[type]);
}
