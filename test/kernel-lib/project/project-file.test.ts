import { describe, expect, it } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { parseProjectFile } from '../../../kernel-lib/src/project/project-file.js';

const valid = `version: 1
endpoints:
  census:
    capture: capture/census
    columns:
      output: [probability]
monitors:
  quality:
    type: data-quality
    endpoint: census
    baseline:
      dataset: baseline.csv
    schedule: cron(0 0 ? * * *)
    output: reports
`;

function problem(text: string): MonitorError {
  try {
    parseProjectFile(text, 'p/driftline.yaml');
  } catch (error) {
    if (error instanceof MonitorError) return error;
  }
  throw new Error('nothing was refused');
}

describe('parseProjectFile()', () => {
  it('reads the minimal form', () => {
    const config = parseProjectFile(valid, 'p/driftline.yaml');
    expect(config.monitors['quality']?.baseline).toEqual({ dataset: 'baseline.csv' });
    expect(config.endpoints['census']?.columns?.output).toEqual(['probability']);
  });

  it('names line and column of every problem in one message', () => {
    const { code, message } = problem(
      valid.replace('data-quality', 'quality').replace('output: reports', 'outptu: reports'),
    );
    expect(code).toBe('CONFIGURATION');
    expect(message).toContain('3 problems');
    expect(message).toMatch(/9:11 monitors\.quality\.type/);
    expect(message).toMatch(/9:5 monitors\.quality\.output/);
    expect(message).toMatch(/14:13 monitors\.quality: Unrecognized key: "outptu"/);
    expect(message).toContain('at: p/driftline.yaml');
  });

  it('says which endpoints there are when a monitor names another', () => {
    const { message } = problem(valid.replace('endpoint: census', 'endpoint: sensus'));
    expect(message).toMatch(/10:15 monitors\.quality\.endpoint: no endpoint "sensus"; the file has: census/);
  });

  it('reports broken YAML with its place', () => {
    expect(problem(valid.replace('[probability]', '[probability')).message).toMatch(/\d+:\d+/);
  });

  it('says what a name may be', () => {
    expect(problem(valid.replace('  quality:', '  my quality:')).message).toMatch(
      /8:3 monitors\.my quality: a name is up to 63 letters, digits and hyphens/,
    );
  });

  it('takes a monitor as paused only by true or false', () => {
    expect(parseProjectFile(`${valid}    paused: true\n`, 'p').monitors['quality']?.paused).toBe(true);
    expect(problem(`${valid}    paused: 1\n`).message).toContain('monitors.quality.paused');
  });

  it('refuses an empty file', () => {
    expect(problem('').message).toContain('version');
  });
});
