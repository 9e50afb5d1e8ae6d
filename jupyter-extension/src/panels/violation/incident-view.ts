import { type IncidentMember, type IncidentReason, violationState } from 'driftline/browser';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { formatTime, isLocal } from '../../format/time-format.js';
import { reportLate } from '../../main-area/report-late.js';
import { commandIds } from '../../tokens.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import { statusMark } from '../../widgets/status-mark.js';
import { checkWords } from '../feature-state.js';
import { longestTitle } from '../model-bias/bias-words.js';
import type { FoundViolation } from './find-violation.js';
import type { Surroundings } from './load-incident.js';
import { decidedStates } from './state-words.js';
import type { ViolationContext } from './violation-context.js';

/** The other violations of the incident, with why each belongs to it; follows the project's annotations. */
export function incidentView(found: FoundViolation, around: Surroundings, context: ViolationContext): HTMLElement {
  const { trans, closed } = context;
  const { store } = found;
  const { incident, capped } = around;
  if (incident.length === 0) {
    return element(
      'p',
      { class: 'driftline-muted' },
      trans.__(
        'No other violation of this endpoint in the same window shares a column, rows or the beginning with this one.',
      ),
    );
  }
  const place = element('div', {});
  const draw = (): void => place.replaceChildren(incidentTable(found, around, context));
  store.changed.connect(draw);
  closed.addEventListener('abort', () => store.changed.disconnect(draw));
  draw();
  return element(
    'div',
    {},
    place,
    element(
      'p',
      { class: 'driftline-note' },
      trans.__(
        'Violations of all monitors of %1 belong together when their windows overlap and they share a column, rows, or a beginning no more than two hours apart.',
        found.config.endpoint,
      ),
      capped && ` ${trans.__('Not all reports of these windows were read: there are too many.')}`,
    ),
  );
}

function incidentTable(
  { store }: FoundViolation,
  { incident, subject }: Surroundings,
  { trans, commands, now }: ViolationContext,
): HTMLElement {
  return dataTable<IncidentMember>({
    caption: trans.__('Other violations of the same incident'),
    trans,
    stack: true,
    rows: incident,
    columns: [
      {
        title: trans.__('Violation'),
        rowHeader: true,
        cell: (member) => {
          const { monitor, scheduledTime, violation } = member;
          const args = { project: store.path, monitor, scheduledTime, violation: violation.id };
          return element(
            'div',
            { class: 'driftline-what' },
            button(
              { class: 'driftline-link' },
              () => commands.execute(commandIds.openViolation, args).catch(reportLate),
              subject(member).title,
            ),
            element('span', { class: 'driftline-muted' }, withMore(subject(member).more, monitor)),
          );
        },
        sortBy: (member) => subject(member).title,
      },
      {
        title: trans.__('What happened'),
        cell: ({ monitor, violation }) => {
          const state = violationState(store.annotations.decisions, monitor, violation, now());
          return element(
            'div',
            { class: 'driftline-what' },
            statusMark(state.counts ? 'violated' : 'quiet', checkWords(violation.check, trans)),
            ...decidedStates(state, trans).map(({ tone, words }) => statusMark(tone, words)),
          );
        },
        sortBy: ({ violation }) => violation.check,
      },
      {
        title: trans.__('Why it belongs to it'),
        cell: (member) =>
          element(
            'ul',
            { class: 'driftline-plain-list' },
            ...member.reasons.map((reason) => element('li', {}, reasonWords(reason, trans))),
            member.through !== undefined &&
              element('li', { class: 'driftline-muted' }, trans.__('with %1', subject(member.through).title)),
          ),
        sortBy: ({ reasons, through }) => reasons.length - (through === undefined ? 0 : 100),
      },
      {
        title: isLocal() ? trans.__('Since (local time)') : trans.__('Since (UTC)'),
        cell: ({ violation: { since } }) => (since === undefined ? noValue : formatTime(since.hour)),
        sortBy: ({ violation: { since } }) => since?.hour,
      },
    ],
  });
}

function withMore(more: string | undefined, monitor: string): string {
  return more === undefined ? monitor : `${more} · ${monitor}`;
}

function reasonWords(reason: IncidentReason, trans: ViolationContext['trans']): string {
  switch (reason.kind) {
    case 'feature':
      return trans.__('same feature: %1', shorten(reason.feature, longestTitle));
    case 'rows':
      return trans.__('same rows: %1', shorten(reason.title, longestTitle));
    case 'beginning':
      return reason.hours === 0
        ? trans.__('began in the same hour')
        : trans._n('began 1 hour apart', 'began %1 hours apart', reason.hours);
  }
}
