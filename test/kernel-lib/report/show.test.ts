import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { reportBundle } from '../../../kernel-lib/src/report/bundle.js';
import { REPORT_MIME_TYPE } from '../../../kernel-lib/src/report/report.js';
import { show, showIn } from '../../../kernel-lib/src/report/show.js';
import { sampleReport } from '../../support/sample-report.js';

const report = sampleReport();
const kernelFile = '/env/node_modules/tslab/dist/jupyter.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('show()', () => {
  test('writes the whole bundle to the display channel of the running tslab kernel', () => {
    const lastWriteDisplayData = vi.fn();
    showIn(report, {}, { modules: { [kernelFile]: { exports: { lastWriteDisplayData } } }, globals: {} });
    expect(lastWriteDisplayData).toHaveBeenCalledExactlyOnceWith(
      { data: reportBundle(report), metadata: {}, transient: {} },
      false,
    );
  });

  test('replaces an output by its display id', () => {
    const lastWriteDisplayData = vi.fn();
    const modules = { 'C:\\env\\tslab\\dist\\jupyter.js': { exports: { lastWriteDisplayData } } };
    showIn(report, { displayId: 'census', update: true }, { modules, globals: {} });
    expect(lastWriteDisplayData).toHaveBeenCalledWith(
      expect.objectContaining({ transient: { display_id: 'census' } }),
      true,
    );
  });

  test("shows the HTML by tslab's public function where the channel is not found", () => {
    const raw = vi.fn();
    const globals = { __tslab__: { require: () => ({ display: { raw } }) } };
    // The channel is null until the kernel runs its first cell.
    showIn(report, {}, { modules: { [kernelFile]: { exports: { lastWriteDisplayData: null } } }, globals });
    expect(raw).toHaveBeenCalledExactlyOnceWith('text/html', reportBundle(report)['text/html']);
  });

  test('shows the bundle in Deno', () => {
    const display = vi.fn().mockResolvedValue(undefined);
    showIn(report, { displayId: 'census' }, { modules: {}, globals: { Deno: { jupyter: { display } } } });
    expect(display).toHaveBeenCalledExactlyOnceWith(reportBundle(report), {
      raw: true,
      update: false,
      display_id: 'census',
    });
  });

  test('does not end the process when a display in Deno fails', async () => {
    const display = vi.fn().mockRejectedValue(new Error('closed'));
    showIn(report, {}, { modules: {}, globals: { Deno: { jupyter: { display } } } });
    await expect(display.mock.results[0]!.value).rejects.toThrow('closed');
  });

  test('prints the text elsewhere, and in Deno outside a notebook', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    show(report);
    showIn(report, {}, { modules: {}, globals: { Deno: {} } });
    expect(log).toHaveBeenCalledTimes(2);
    expect(log.mock.calls[0]![0]).toContain('4 violations');
    expect(log.mock.calls[1]).toEqual(log.mock.calls[0]);
  });

  test('sends what JSON can carry', () => {
    const lastWriteDisplayData = vi.fn();
    showIn(report, {}, { modules: { [kernelFile]: { exports: { lastWriteDisplayData } } }, globals: {} });
    const [message] = lastWriteDisplayData.mock.calls[0] as [{ data: Record<string, unknown> }];
    expect(JSON.parse(JSON.stringify(message)).data[REPORT_MIME_TYPE]).toEqual(report);
  });

  test('finds the channel of the real tslab while it runs a cell', async () => {
    const { JupyterHandlerImpl } = createRequire(import.meta.url)('tslab/dist/jupyter.js') as Tslab;
    const write = vi.fn();
    const streams = [process.stdout.write, process.stderr.write] as const;
    const cell = async (): Promise<boolean> => {
      show(report, { displayId: 'census' });
      return true;
    };
    try {
      await new JupyterHandlerImpl({ execute: cell }, false).handleExecute({ code: '' }, () => {}, write);
    } finally {
      [process.stdout.write, process.stderr.write] = streams;
    }
    const message = { data: reportBundle(report), metadata: {}, transient: { display_id: 'census' } };
    expect(write).toHaveBeenCalledExactlyOnceWith(message, false);
  });
});

/** What of tslab 1.0.22 takes a cell from the notebook. */
interface Tslab {
  readonly JupyterHandlerImpl: new (
    executor: { execute(code: string): Promise<boolean> },
    isJs: boolean,
  ) => {
    handleExecute(
      request: { code: string },
      stream: () => void,
      write: (...message: unknown[]) => void,
    ): Promise<unknown>;
  };
}
