import type { TranslationBundle } from '@jupyterlab/translation';
import type { ProjectStore } from '../../project/project-store.js';
import { button, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import type { MonitorAction, MonitorTarget } from './monitor-actions.js';
import { projectName } from './row-content.js';

/** What empty states and problems lead to. */
export interface NoticeContext {
  readonly trans: TranslationBundle;
  readonly canDo: (action: MonitorAction) => boolean;
  readonly act: (action: MonitorAction, target: MonitorTarget) => void;
  readonly openProject?: (() => void) | undefined;
  readonly setUpProject: () => void;
}

/** Why a project, or a part of it, is not shown: with line and column where the file has them. */
export function projectProblem(
  { path, problem = '' }: Pick<ProjectStore, 'path' | 'problem'>,
  context: NoticeContext,
): HTMLElement {
  const { trans, canDo, act } = context;
  const [what = '', ...more] = problem.split('\n');
  return problemPanel(
    { what, fix: more.join('\n') },
    trans.__('Project "%1" has a problem', projectName(path, trans)),
    canDo('open-file') &&
      button({ class: 'driftline-action' }, () => act('open-file', { project: path }), trans.__('Open driftline.yaml')),
  );
}

/** What there is to do where nothing is open. */
export function noProject({ trans, canDo, openProject, setUpProject }: NoticeContext): HTMLElement {
  return element(
    'div',
    { class: 'driftline-monitors-empty' },
    element('p', { class: 'driftline-monitors-empty-title' }, trans.__('No project is open.')),
    element(
      'p',
      { class: 'driftline-muted' },
      trans.__(
        'A project is a folder with a file driftline.yaml, which names your endpoints and what watches them. None was found below the folder of this server.',
      ),
    ),
    openProject && button({ class: 'driftline-action' }, openProject, trans.__('Open project …')),
    canDo('set-up') && button({ class: 'driftline-action' }, setUpProject, trans.__('Set up a new project')),
  );
}

/** A project in which nothing is to be watched yet. */
export function noEndpoint({ trans, canDo, setUpProject }: NoticeContext): HTMLElement {
  return element(
    'div',
    { class: 'driftline-monitors-empty' },
    element('p', { class: 'driftline-monitors-empty-title' }, trans.__('The project has no endpoint yet.')),
    element(
      'p',
      { class: 'driftline-muted' },
      trans.__('Add one to driftline.yaml under "endpoints", or have it set up step by step.'),
    ),
    canDo('set-up') && button({ class: 'driftline-action' }, setUpProject, trans.__('Set up an endpoint')),
  );
}
