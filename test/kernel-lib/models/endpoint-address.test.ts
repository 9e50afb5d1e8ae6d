import { describe, expect, it } from 'vitest';
import { quoted, shownModel } from '../../../kernel-lib/src/models/endpoint-address.js';

describe('shownModel()', () => {
  it.each([
    ['https://ada:pa55@host:8080/a/b?key=tok3n#x', 'https://host:8080/a/b?…'],
    ['https://tok3n@host', 'https://host'],
    ['HTTP://ada:p%40s@host/', 'http://host'],
    ['https://ada:pa 55@ho st/x?key=tok3n', 'https://ho st/x'],
    ['https://ada:p@ss@host/x', 'https://host/x'],
    ['sagemaker://income?variant=blue', 'sagemaker://income?variant=blue'],
    ['s3://bucket/a@b/model.json', 's3://bucket/a@b/model.json'],
    ['models/model?.json', 'models/model?.json'],
  ])('shows %s as %s', (uri, shown) => {
    expect(shownModel(uri)).toBe(shown);
  });
});

describe('quoted()', () => {
  it('puts a text on one line without control characters, at most 200 characters', () => {
    expect(quoted('a\r\n\tb\u001b[31m\u202e c', [])).toBe('a b [31m c');
    expect(quoted('x'.repeat(500), [])).toBe(`${'x'.repeat(200)}…`);
  });

  it('hides secrets, longer ones first, also across the cut', () => {
    expect(quoted('token abcdef, abcd', ['abcd', 'abcdef', 'on'])).toBe('token …, …');
    expect(quoted(`${'x'.repeat(198)}secret`, ['secret'])).toBe(`${'x'.repeat(198)}…`);
  });
});
