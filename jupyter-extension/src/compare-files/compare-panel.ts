import type { MainPanelContext, MakeMainPanel } from '../main-area/main-panel.js';
import { joinPath, type ServerFiles } from '../project/server-files.js';
import { parseJson } from '../report/parse-json.js';
import { type Problem, readReport } from '../report/read-report.js';
import { commandIds, viewerName } from '../tokens.js';
import { type FileKind, fileKind } from '../viewers/file-content.js';
import { button, element } from '../widgets/element.js';
import { problemPanel } from '../widgets/problem-panel.js';
import { analysisComparison } from './analysis-comparison.js';
import { constraintsComparison } from './constraints-comparison.js';
import type { FilePair } from './propose-baseline.js';
import { qualityComparison } from './quality-comparison.js';
import { reportsComparison } from './reports-comparison.js';
import { statisticsComparison } from './statistics-comparison.js';

/** A file that was read, with what is in it. */
interface ReadFile {
  readonly where: string;
  readonly text: string;
  readonly value: unknown;
  readonly kind: FileKind | undefined;
}

/** The panel that compares two result files, whoever wrote them. */
export function comparePanel(files: ServerFiles): MakeMainPanel<FilePair> {
  return async (pair, context) => {
    const { trans } = context;
    context.setTitle(
      trans.__('%1 and %2', ...namesApart(pair)),
      trans.__('%1 compared with %2', pair.current, pair.baseline),
    );
    return element('div', {}, head(pair, context), await comparison(pair, files, context));
  };
}

/** Which file is what, with a way to change that. */
function head({ baseline, current }: FilePair, { trans, commands }: MainPanelContext): HTMLElement {
  const link = (path: string): HTMLElement =>
    button(
      { class: 'driftline-link', title: trans.__('Open %1', path) },
      () => void commands.execute('docmanager:open', { path, factory: viewerName }),
      path,
    );
  const swap = (): void => void commands.execute(commandIds.compareFiles, { baseline: current, current: baseline });
  const side = (name: string, path: string): HTMLElement =>
    element('div', { class: 'driftline-fact' }, element('dt', {}, name), element('dd', {}, link(path)));
  return element(
    'div',
    { class: 'driftline-compared' },
    element(
      'dl',
      { class: 'driftline-facts' },
      side(trans.__('Baseline'), baseline),
      side(trans.__('Current'), current),
    ),
    button({ class: 'driftline-add' }, swap, trans.__('Swap')),
  );
}

async function comparison(pair: FilePair, files: ServerFiles, context: MainPanelContext): Promise<HTMLElement> {
  const { trans } = context;
  const [baseline, current] = await Promise.all([readFile(pair.baseline, files), readFile(pair.current, files)]);
  for (const { where, kind } of [baseline, current]) {
    if (kind !== undefined) continue;
    return problem(
      {
        what: trans.__('%1 is none of: a report, statistics, constraints, violations, an analysis.', where),
        fix: trans.__('Choose two result files, or open it as text to see what it is.'),
      },
      context,
    );
  }
  const kinds = `${baseline.kind} ${current.kind}`;
  switch (kinds) {
    case 'constraints constraints':
      return constraintsComparison(baseline.value, current.value, context);
    case 'analysis analysis':
      return analysisComparison(baseline.value, current.value, context);
    case 'report report':
      return reports(baseline, current, context);
    case 'statistics statistics':
    case 'constraints statistics':
      return statistics(baseline, current, files, context);
    case 'statistics constraints':
      return problem(
        {
          what: trans.__('Constraints are what statistics are held against: they are the baseline.'),
          fix: trans.__('Swap the two files.'),
        },
        context,
      );
    default:
      return problem(
        {
          what: trans.__(
            'Files of these kinds cannot be compared: %1 and %2.',
            baseline.kind ?? '',
            current.kind ?? '',
          ),
          fix: trans.__('Choose two files of one kind, or statistics and constraints.'),
        },
        context,
      );
  }
}

function reports(baseline: ReadFile, current: ReadFile, context: MainPanelContext): HTMLElement {
  const { trans } = context;
  const [before, now] = [readReport(baseline.value, trans), readReport(current.value, trans)];
  if ('problem' in before) return problem(before.problem, context);
  if ('problem' in now) return problem(now.problem, context);
  if (before.report.monitorType !== now.report.monitorType) {
    return problem(
      {
        what: trans.__(
          'The reports are of different monitors: %1 and %2.',
          before.report.monitorType,
          now.report.monitorType,
        ),
        fix: trans.__('Choose two reports of one monitor type.'),
      },
      context,
    );
  }
  return reportsComparison(before.report, now.report, context);
}

/** Statistics and constraints of one baseline lie side by side: what was not chosen is looked for there. */
async function statistics(
  baseline: ReadFile,
  current: ReadFile,
  files: ServerFiles,
  context: MainPanelContext,
): Promise<HTMLElement> {
  const chosen = baseline.kind === 'constraints';
  const other = await sibling(baseline.where, chosen ? 'statistics' : 'constraints', files);
  const beside = other === undefined || other.where === current.where ? undefined : other;
  const [limits, before] = chosen ? [baseline, beside] : [beside, baseline];
  const quality = qualityComparison(before?.value, current.value, limits?.value, context);
  if (quality !== undefined) return quality;
  return statisticsComparison({ baseline: before, constraints: limits, current }, context);
}

/** The baseline's file of another kind in the same folder: `monday_constraints.json` beside `monday_statistics.json`. */
async function sibling(
  path: string,
  kind: 'statistics' | 'constraints',
  files: ServerFiles,
): Promise<ReadFile | undefined> {
  const folder = path.split('/').slice(0, -1).join('/');
  const name = nameOf(path).replace(/(statistics|constraints)\.json$/, `${kind}.json`);
  const entries = await files.list(folder).catch(() => []);
  if (!entries.some((entry) => entry.name === name && !entry.folder)) return undefined;
  const read = await readFile(joinPath(folder, name), files).catch(() => undefined);
  return read?.kind === kind ? read : undefined;
}

async function readFile(where: string, files: ServerFiles): Promise<ReadFile> {
  const text = await files.read(where);
  const parsed = parseJson(text);
  const value = 'error' in parsed ? undefined : parsed.value;
  return { where, text, value, kind: fileKind(value) };
}

function problem(problem: Problem, { trans }: MainPanelContext): HTMLElement {
  return problemPanel(problem, trans.__('These files cannot be compared'));
}

/** What tells two paths apart: their names, or the folders in which they differ and the name that they share. */
export function namesApart({ baseline, current }: FilePair): readonly [string, string] {
  const [one, other] = [baseline.split('/'), current.split('/')];
  const name = one.at(-1) ?? '';
  if (name !== other.at(-1)) return [name, other.at(-1) ?? ''];
  const first = one.findIndex((part, index) => part !== other[index]);
  const last = one.findLastIndex((part, index) => part !== other[index - one.length + other.length]);
  if (first < 0) return [name, name];
  const end = last + other.length - one.length;
  const folder = (parts: readonly string[]): string => (parts.length > 0 ? parts.join('/') : '/');
  return [`${name}: ${folder(one.slice(first, last + 1))}`, folder(other.slice(first, end + 1))];
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}
