import { describe, expect, it } from 'vitest';
import { activeMonitors } from '../../../kernel-lib/src/project/active-monitors.js';
import {
  addEndpoint,
  addMonitor,
  setMonitorKey,
  setPaused,
} from '../../../kernel-lib/src/project/edit-project-file.js';
import { parseProjectFile } from '../../../kernel-lib/src/project/project-file.js';

const file = `# Ours.
version: 1
endpoints:
  census:
    capture: capture/census   # from the bucket
    columns:
      output: [probability]
      input:
        - age
        -   "sex"

  # The second one.
  other: {capture: capture/other}
monitors:
  quality:   # watched
    type: data-quality
    endpoint: census

    baseline:
      dataset: baseline.csv
    schedule: 'cron(0 0 ? * * *)'  # nightly
    output: reports
    hooks:
      record: hooks/record.js
  # A note about the last one.
  last:
    type: data-quality
    endpoint: other
    baseline: baseline/last
    schedule: cron(0 * ? * * *)
    output: reports

# The end.
`;
const monitor = {
  type: 'model-quality',
  endpoint: 'census',
  baseline: { dataset: 'validation.csv', 'ground-truth-attribute': 'income' },
  schedule: 'cron(0 * ? * * *)',
  output: 'reports',
  rule: undefined,
} as const;
const config = (text: string) => parseProjectFile(text, 'driftline.yaml');

/** Lines that came and went, each with a sign; the order of both texts is the same elsewhere. */
function changes(before: string, after: string): string[] {
  const rest = after.split('\n');
  const gone: string[] = [];
  const added: string[] = [];
  for (const line of before.split('\n')) {
    const at = rest.indexOf(line);
    if (at === -1) gone.push(`-${line}`);
    else
      added.push(
        ...rest
          .splice(0, at + 1)
          .slice(0, -1)
          .map((text) => `+${text}`),
      );
  }
  return [...gone, ...added, ...rest.map((text) => `+${text}`)];
}

describe('setPaused()', () => {
  it('adds one line, and resuming takes it away again', () => {
    const paused = setPaused(file, 'quality', true);
    expect(changes(file, paused)).toEqual(['+    paused: true']);
    expect(activeMonitors(config(paused))).toEqual({ active: ['last'], paused: ['quality'] });
    expect(setPaused(paused, 'quality', false)).toBe(file);
  });

  it('puts the line before the comment that follows the monitor', () => {
    expect(setPaused(file, 'last', true)).toContain('    output: reports\n    paused: true\n\n# The end.\n');
  });

  it('changes nothing where the monitor is not paused, or paused already', () => {
    expect(setPaused(file, 'quality', false)).toBe(file);
    const paused = setPaused(file, 'quality', true);
    expect(setPaused(paused, 'quality', true)).toBe(paused);
  });

  it('overwrites paused: false and keeps the comment behind it', () => {
    const running = file.replace(
      '    baseline: baseline/last\n',
      '    paused: false # for now\n    baseline: baseline/last\n',
    );
    expect(changes(running, setPaused(running, 'last', true))).toEqual([
      '-    paused: false # for now',
      '+    paused: true # for now',
    ]);
  });

  it('works on a file without a newline at its end, and on one with Windows line ends', () => {
    const short = file.slice(0, file.indexOf('\n\n# The end.'));
    expect(config(setPaused(short, 'last', true)).monitors['last']?.paused).toBe(true);
    const windows = setPaused(file.replaceAll('\n', '\r\n'), 'quality', true);
    expect(config(windows).monitors['quality']?.paused).toBe(true);
    expect(windows).toContain('# The end.');
  });

  it('refuses a monitor that is not there, whatever its name', () => {
    expect(() => setPaused(file, 'sales', true)).toThrow(/There is no monitor "sales"[\s\S]*use one of: quality, last/);
    expect(() => setPaused(file, '__proto__', true)).toThrow('There is no monitor "__proto__"');
  });

  it('refuses a file that has problems', () => {
    expect(() => setPaused(file.replace('data-quality', 'quality'), 'last', true)).toThrow('monitors.quality.type');
  });
});

describe('setMonitorKey()', () => {
  it('replaces a value in its place and keeps the comment behind it', () => {
    const edited = setMonitorKey(file, 'quality', ['schedule'], 'cron(0 0/6 ? * * *)');
    expect(changes(file, edited)).toEqual([
      "-    schedule: 'cron(0 0 ? * * *)'  # nightly",
      '+    schedule: cron(0 0/6 ? * * *)  # nightly',
    ]);
    expect(config(edited).monitors['quality']?.schedule).toBe('cron(0 0/6 ? * * *)');
  });

  it('replaces a mapping by a text, and a text by a mapping', () => {
    const text = setMonitorKey(file, 'quality', ['baseline'], 'baseline/quality');
    expect(changes(file, text)).toEqual([
      '-    baseline:',
      '-      dataset: baseline.csv',
      '+    baseline: baseline/quality',
    ]);
    const mapping = setMonitorKey(file, 'last', ['baseline'], { dataset: 'b.csv' });
    expect(changes(file, mapping)).toEqual(['-    baseline: baseline/last', '+    baseline:', '+      dataset: b.csv']);
  });

  it('sets and removes what lies deeper', () => {
    const both = setMonitorKey(file, 'quality', ['hooks', 'check'], 'hooks/check.js');
    expect(changes(file, both)).toEqual(['+      check: hooks/check.js']);
    expect(setMonitorKey(both, 'quality', ['hooks', 'check'], undefined)).toBe(file);
    expect(config(setMonitorKey(file, 'last', ['hooks', 'check'], 'c.js')).monitors['last']?.hooks).toEqual({
      check: 'c.js',
    });
  });

  it('writes texts that YAML would read as something else in quotes', () => {
    const edited = setMonitorKey(file, 'quality', ['positive-label'], '1');
    expect(edited).toContain('positive-label: "1"');
    expect(config(edited).monitors['quality']?.['positive-label']).toBe('1');
  });

  it('refuses a value that the file may not have', () => {
    expect(() => setMonitorKey(file, 'quality', ['schedule'], 'daily')).toThrow('monitors.quality.schedule');
    expect(() => setMonitorKey(file, 'quality', ['output'], undefined)).toThrow('monitors.quality.output');
  });
});

describe('addEndpoint() and addMonitor()', () => {
  it('add their lines behind the others, and nothing else changes', () => {
    const endpoint = addEndpoint(file, 'third', { capture: 's3://bucket/third', model: undefined });
    expect(changes(file, endpoint)).toEqual(['+  third:', '+    capture: s3://bucket/third']);
    const edited = addMonitor(endpoint, 'model', monitor);
    expect(edited).toContain(`    output: reports
  model:
    type: model-quality
    endpoint: census
    baseline:
      dataset: validation.csv
      ground-truth-attribute: income
    schedule: cron(0 * ? * * *)
    output: reports

# The end.
`);
    const { endpoints, monitors } = config(edited);
    expect([Object.keys(endpoints), Object.keys(monitors)]).toEqual([
      ['census', 'other', 'third'],
      ['quality', 'last', 'model'],
    ]);
  });

  it('fill a file that has none yet', () => {
    const empty = '# New.\nversion: 1\nendpoints: {}\nmonitors: {}\n';
    const edited = addMonitor(addEndpoint(empty, 'census', { capture: 'capture' }), 'model', monitor);
    expect(edited).toContain('# New.\nversion: 1\nendpoints:\n  census:\n    capture: capture\nmonitors:\n  model:\n');
    expect(Object.keys(config(edited).monitors)).toEqual(['model']);
  });

  it('keep to braces where the file is written in them', () => {
    const braces = 'version: 1\nendpoints: {a: {capture: x}}\nmonitors: {}\n';
    expect(config(addEndpoint(braces, 'b', { capture: 'y' })).endpoints).toEqual({
      a: { capture: 'x' },
      b: { capture: 'y' },
    });
  });

  it('refuse a name that is taken, one that is none, and an endpoint that is not there', () => {
    expect(() => addEndpoint(file, 'census', { capture: 'x' })).toThrow('There is an endpoint "census" already');
    expect(() => addMonitor(file, 'a b', monitor)).toThrow('a name is up to 63 letters');
    expect(() => addMonitor(file, 'model', { ...monitor, endpoint: 'sensus' })).toThrow('no endpoint "sensus"');
  });

  it('say what to do where a monitor is an alias of another', () => {
    const alias = file.replace('quality:   # watched', 'quality: &q').replace('\n# The end.', '  twin: *q\n');
    expect(config(alias).monitors['twin']?.endpoint).toBe('census');
    expect(() => setPaused(alias, 'twin', true)).toThrow(/monitors\.twin\.paused cannot be changed[\s\S]*by hand/);
  });
});
