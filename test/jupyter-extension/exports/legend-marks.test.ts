// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { legendMarks } from '../../../jupyter-extension/src/exports/legend-marks.js';
import { element } from '../../../jupyter-extension/src/widgets/element.js';
import { legend } from '../../../jupyter-extension/src/widgets/legend.js';
import { trans } from '../support/trans.js';

afterEach(() => document.head.replaceChildren());

it('the marks of a legend have the colours of the style sheet, though the legend is not on the page', () => {
  document.head.append(
    element(
      'style',
      {},
      '.driftline-key-baseline { background-color: rgb(10, 20, 0); } .driftline-key-drifting { border-top: 1px solid rgb(143, 91, 0); }',
    ),
  );
  const marks = legendMarks(
    legend(
      [
        ['baseline', 'baseline'],
        ['drifting', '<b>beyond</b>'],
      ],
      trans,
    ),
    document.body,
  );
  expect(marks.map(({ colour, words }) => [colour, words])).toEqual([
    ['rgb(10, 20, 0)', 'baseline'],
    ['rgb(143, 91, 0)', '<b>beyond</b>'],
  ]);
  expect(document.body.children).toHaveLength(0);
  expect(legendMarks(undefined, document.body)).toEqual([]);
});
