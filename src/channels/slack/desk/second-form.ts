import type { types } from '@slack/bolt';
import type { Status } from '../../../core/case/case-status.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { RequestContent } from '../../../core/register/register.ts';
import { ACTIONS, FORMS } from '../blocks/action-ids.ts';
import { form, small } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { literal, richTextBlocks } from '../blocks/rich-text.ts';
import { caseTitle } from './case-card.ts';

type Request = RequestContent & { to: Status; id: string };

/** A move that waits: all that is asked, for somebody else to confirm or refuse; who asked may only take it back. */
export function secondForm(
  card: CaseCard,
  request: Request,
  reader: string,
  labels: DeskLabels,
): types.ModalView {
  const own = request.officer.id === reader;
  const meta = { caseId: card.caseId, request: request.id };
  const blocks: types.KnownBlock[] = [
    small(`${caseTitle(card)}  ·  now: ${labels.status(card.status)}`),
    ...literal(`${request.officer.name} asks for "${labels.status(request.to)}".`),
    ...richTextBlocks([
      {
        kind: 'paragraph',
        children: rows(request, labels).flatMap(([name, value]) => [
          { text: `${name}: `, bold: true as const },
          { text: `${value}\n` },
        ]),
      },
    ]),
    small(
      own
        ? 'Somebody else must confirm it. You may take it back.'
        : 'Confirm only what you have seen yourself: your name stands beside theirs. That you have opened this is on record.',
    ),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: { type: 'plain_text', text: own ? 'Take it back' : 'Refuse' },
          action_id: ACTIONS.refuseSecond,
          value: `${card.caseId}|${request.id}`,
          style: 'danger',
        },
      ],
    },
  ];
  return own
    ? form(FORMS.notice, { title: 'Waits for another', close: 'Close' }, meta, blocks)
    : form(FORMS.second, { title: 'Second officer', submit: 'Confirm' }, meta, blocks);
}

function rows({ takeUp, note, reason, voice, tell }: Request, labels: DeskLabels): [string, string][] {
  const all: [string, string | null][] = [
    ['How it is known', note],
    ['Door', takeUp && labels.door(takeUp.door)],
    ['With', takeUp && takeUp.counterpart],
    ['On', takeUp && takeUp.date],
    ['Reference', takeUp && takeUp.reference],
    ['Told the family by voice', voice && (voice === 'told' ? 'yes, by a person' : 'not yet')],
    ['Why past their consent', reason],
    ['The family gets the standard sentence', tell ? 'yes' : null],
  ];
  return all.flatMap(([name, value]) => (value ? [[name, value] satisfies [string, string]] : []));
}
