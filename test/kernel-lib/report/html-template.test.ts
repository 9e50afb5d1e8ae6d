import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { escapeHtml, html, trusted, withoutControls } from '../../../kernel-lib/src/report/html-template.js';

describe('html``', () => {
  test('escapes what is put in, and joins lists', () => {
    expect(html`<p title="${'"<&>\''}">${['<a>', html`<b>${1}</b>`, undefined, false]}</p>`.markup).toBe(
      '<p title="&quot;&lt;&amp;&gt;&#39;">&lt;a&gt;<b>1</b></p>',
    );
  });

  test('leaves trusted markup alone', () => {
    expect(html`${trusted('<i>x</i>')}`.markup).toBe('<i>x</i>');
  });

  test('keeps any text in its place, as content and as an attribute', () => {
    const { document } = new JSDOM('').window;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        document.body.innerHTML = html`<p title="${text}">x</p><pre>.${text}</pre>`.markup;
        const [p, pre] = document.body.children;
        expect(document.body.children).toHaveLength(2);
        expect(p!.getAttribute('title')).toBe(withoutControls(text));
        expect(pre!.textContent).toBe(`.${withoutControls(text)}`);
      }),
    );
  });
});

test('escapeHtml() shows control characters, lone surrogates and direction overrides as one sign', () => {
  expect(escapeHtml('a\u001b[0m\ud800b\u202ec\td\n')).toBe('a\ufffd[0m\ufffdb\ufffdc\td\n');
});

test('withoutControls() keeps emoji, joiners and right-to-left text', () => {
  const text = '👩‍👩‍👧‍👦 مرحبا 家族';
  expect(withoutControls(text)).toBe(text);
});
