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

/** Whoever looks at it: they asked for it, they may decide, or they only read. */
export type SecondReader = 'asked' | 'decides' | 'reads';

const HINTS: Record<SecondReader, string> = {
  asked: 'Somebody else must confirm it. You may take it back.',
  decides:
    'Confirm only what you have seen yourself: your name stands beside theirs. That you have opened this is on record.',
  reads: 'An officer of the desk must confirm or refuse it. That you have opened this is on record.',
};

/** A move that waits: all that is asked, for somebody else to confirm or refuse; who asked may only take it back. */
export function secondForm(
  card: CaseCard,
  request: Request,
  reader: SecondReader,
  labels: DeskLabels,
): types.ModalView {
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
    small(HINTS[reader]),
  ];
  if (reader === 'reads')
    return form(FORMS.notice, { title: 'Waits for an officer', close: 'Close' }, meta, blocks);
  const stop: types.ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'button',
        text: { type: 'plain_text', text: reader === 'asked' ? 'Take it back' : 'Refuse' },
        action_id: ACTIONS.refuseSecond,
        value: `${card.caseId}|${request.id}`,
        style: 'danger',
      },
    ],
  };
  return reader === 'asked'
    ? form(FORMS.notice, { title: 'Waits for another', close: 'Close' }, meta, [...blocks, stop])
    : form(FORMS.second, { title: 'Second officer', submit: 'Confirm' }, meta, [...blocks, stop]);
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
