import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { expect } from 'vitest';
import { ReportWidget } from '../../../jupyter-extension/src/panels/report-widget.js';
import { reportMimeType } from '../../../jupyter-extension/src/tokens.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { trans } from './trans.js';

const shown: ReportWidget[] = [];

/** Draws a report in the page, as an output cell does, and gives its element; nothing may have gone wrong. */
export async function renderReport(report: Report): Promise<HTMLElement> {
  const widget = new ReportWidget(trans);
  shown.push(widget);
  Widget.attach(widget, document.body);
  await widget.renderModel({
    trusted: false,
    data: { [reportMimeType]: report as never },
    metadata: {},
    setData: () => undefined,
  });
  expect(widget.node.querySelector('[role=alert]')).toBeNull();
  return widget.node;
}

/** Takes away what was drawn; to be called after each test. */
export function disposeReports(): void {
  for (const widget of shown.splice(0)) widget.dispose();
  MessageLoop.flush();
}

export const texts = (node: ParentNode, selector: string): string[] =>
  [...node.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');

export const section = (node: HTMLElement, title: string): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>('section')].find(
    (each) => each.querySelector('h3')?.textContent === title,
  ) as HTMLElement;

export const figure = (node: ParentNode, title: string | RegExp): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>('.driftline-figure')].find((each) =>
    each.querySelector('h4, h5')?.textContent?.match(title),
  ) as HTMLElement;

/** Clicks the first button with these words. */
export function press(node: ParentNode, words: RegExp): void {
  const found = [...node.querySelectorAll('button')].find(({ textContent }) => textContent?.match(words));
  if (found === undefined) throw new Error(`no button ${words}`);
  found.click();
}

/** The rows of the table that a chart gives way to. */
export function tableOf(chart: HTMLElement): string[][] {
  press(chart, /^Table$/);
  return [...chart.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ''),
  );
}
