// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { cellText } from '../../../jupyter-extension/src/exports/cell-text.js';
import { element } from '../../../jupyter-extension/src/widgets/element.js';
import { statusMark } from '../../../jupyter-extension/src/widgets/status-mark.js';

describe('cellText()', () => {
  it('says what a cell says: its parts apart, icons left out, nothing for no value', () => {
    expect(cellText(element('div', {}, element('span', {}, 'hours'), element('span', {}, ' above 99')))).toBe(
      'hours above 99',
    );
    expect(cellText(statusMark('violated', 'violation'))).toBe('violation');
    expect([cellText('–'), cellText(undefined), cellText(false)]).toEqual(['', '', '']);
  });

  it('writes numbers without separators and with a hyphen for minus', () => {
    expect(cellText('32,561')).toBe('32561');
    expect(cellText('−1,234.5')).toBe('-1234.5');
    expect(cellText('99.0 %')).toBe('99.0 %');
    expect(cellText('1,2')).toBe('1,2');
  });
});
