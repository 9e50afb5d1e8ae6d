import type { FeatureReport, Report, Violation } from 'driftline';
import { formatDistance } from '../format/number-format.js';
import { button, element, uniqueId } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { sparkline } from '../widgets/sparkline.js';
import { statusIcon } from '../widgets/status-mark.js';
import { distributionSpark } from './distribution-view.js';
import { featureDetail } from './feature-detail.js';
import { featureTone, toneWords } from './feature-state.js';

export interface FeaturesPanel {
  readonly node: HTMLElement;
  /** Shows a feature, and takes the reader to it. */
  goTo(feature: string): void;
}

/** The features with a filter, and beside the list everything about the chosen one. */
export function featuresPanel({ features, violations }: Report, context: PanelContext): FeaturesPanel {
  const { trans, charts } = context;
  const detailId = uniqueId('feature');
  const detail = element('div', { id: detailId, class: 'driftline-detail', role: 'region', 'aria-live': 'off' });
  const count = element('p', { class: 'driftline-muted driftline-count', role: 'status' });
  const filter = element('input', {
    type: 'search',
    placeholder: trans.__('Filter features'),
    'aria-label': trans.__('Filter features'),
  });
  const list = element('ul', { class: 'driftline-list' });
  const items = features.map((feature) => {
    const node = button(
      { 'aria-pressed': 'false', 'aria-controls': detailId, tabindex: '-1' },
      () => show(feature),
      ...itemParts(feature, context),
    );
    return { feature, node, row: element('li', {}, node) };
  });
  list.append(...items.map(({ row }) => row));

  const show = (feature: FeatureReport): void => {
    for (const item of items) {
      const chosen = item.feature === feature;
      item.node.setAttribute('aria-pressed', String(chosen));
      item.node.tabIndex = chosen ? 0 : -1;
    }
    charts.release(detail);
    detail.setAttribute('aria-label', feature.name);
    const own = violations.filter((violation: Violation) => violation.feature === feature.name);
    detail.replaceChildren(...featureDetail(feature, own, context));
  };
  const applyFilter = (): void => {
    const wanted = filter.value.trim().toLowerCase();
    for (const { feature, row } of items) row.hidden = !feature.name.toLowerCase().includes(wanted);
    const visible = items.filter(({ row }) => !row.hidden);
    count.textContent = trans.__('%1 of %2 features', visible.length, items.length);
    if (!visible.some(({ node }) => node.tabIndex === 0)) {
      const first = visible[0];
      if (first) first.node.tabIndex = 0;
    }
  };
  filter.addEventListener('input', applyFilter);
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') moveFocus(event, items.find(({ row }) => !row.hidden)?.node);
  });
  list.addEventListener('keydown', (event) => {
    const visible = items.filter(({ row }) => !row.hidden).map(({ node }) => node);
    const at = visible.indexOf(document.activeElement as HTMLButtonElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: visible.length - 1 }[event.key];
    if (at >= 0 && target !== undefined) moveFocus(event, visible[target]);
  });
  applyFilter();
  if (items[0]) show(items[0].feature);

  const goTo = (name: string): void => {
    const item = items.find(({ feature }) => feature.name === name);
    if (item === undefined) return;
    filter.value = '';
    applyFilter();
    show(item.feature);
    scrollWithin(list, item.row);
    const heading = detail.querySelector('h4');
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
    detail.scrollIntoView?.({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    heading?.focus({ preventScroll: true });
  };
  const node = element(
    'div',
    { class: 'driftline-features' },
    element('div', { class: 'driftline-chooser' }, filter, count, list),
    detail,
  );
  return { node, goTo };
}

function itemParts(feature: FeatureReport, context: PanelContext): Node[] {
  const tone = featureTone(feature);
  const { drift } = feature;
  return [
    statusIcon(tone),
    element('span', { class: 'driftline-name', title: feature.name }, feature.name),
    sparkline(distributionSpark(feature, context), 64, 18),
    element('span', { class: 'driftline-number' }, drift ? formatDistance(drift.distance) : ''),
    element('span', { class: 'driftline-unseen' }, toneWords(tone, context.trans)),
  ];
}

function moveFocus(event: KeyboardEvent, node: HTMLElement | undefined): void {
  event.preventDefault();
  event.stopPropagation();
  node?.focus();
}

/** Scrolls the list alone, not the page. */
function scrollWithin(list: HTMLElement, row: HTMLElement): void {
  const top = row.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top;
}
