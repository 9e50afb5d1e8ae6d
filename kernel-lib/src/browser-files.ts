// What the viewers of files run of the library in a browser, apart from `browser.ts`, so that panels which open no file do not
// fetch it. Pure code that needs neither Node nor an engine; the extension imports it as `driftline/browser-files`.

export {
  type CaptureTable,
  CaptureTableBuilder,
  type CaptureTableColumn,
  type CaptureTableRow,
  type UnreadableLine,
} from './capture/capture-table.js';
export { resolveColumns } from './capture/columns.js';
export { compareStatistics, type NamedText } from './report/compare-statistics.js';
