import { noticeActs } from './notice.ts';
import type { Act, Decision, Turn } from './decision.ts';
import { lookBy } from './desk-told.ts';
import { button, mainMenu, pairs, saying, summary, together } from './family-texts.ts';
import { fieldsToAsk, MORE_FIELDS, nextField } from '../case/intake-form.ts';
import type { CaseRecord } from '../case/case-record.ts';
import { hasConsent, openCase, openCases } from './turn.ts';

/** The case that the form belongs to: only ever one of this chat's own. */
export function formCase(turn: Turn): CaseRecord | null {
  const { step } = turn.conversation;
  const caseId = step.at === 'form' || step.at === 'review' ? step.caseId : openCase(turn)?.id;
  return openCases(turn).find((one) => one.id === caseId) ?? null;
}

/** The masked summary; but first the notice, for a case that was opened by a cry for help. */
export const review = (turn: Turn): Decision =>
  formCase(turn) && !hasConsent(turn)
    ? { acts: noticeActs(turn), next: { ...turn.conversation, step: { at: 'notice' } } }
    : showReview(turn);

/** The masked summary, with the ways on: send, correct, tell more. */
export function showReview(turn: Turn): Decision {
  const one = formCase(turn);
  if (!one)
    return {
      acts: [{ do: 'say', message: saying(turn.speech, 'old-button', {}, mainMenu(turn.speech)) }],
      next: { ...turn.conversation, step: { at: 'idle' } },
    };
  const { speech } = turn;
  const unasked = nextField(turn.fields);
  const rows = [
    [button(speech, 'r:send', 'button.send')],
    [button(speech, 'r:fix', 'button.correct'), button(speech, 'r:more', 'button.more')],
  ];
  if (unasked) rows.splice(1, 0, [button(speech, 'r:resume', 'button.resume')]);
  return {
    acts: [
      {
        do: 'say',
        message: together(
          speech,
          [
            speech.say('review', { reference: one.reference }),
            summary(speech, turn.fields),
            speech.say('review-ask'),
          ],
          rows,
        ),
      },
    ],
    next: { ...turn.conversation, step: { at: 'review', caseId: one.id } },
  };
}

/** What was told, each with a button to tell it anew. */
export function whatToCorrect(turn: Turn, one: CaseRecord): Decision {
  const { speech } = turn;
  const given = [...fieldsToAsk(turn.fields), ...MORE_FIELDS].filter(
    (each) => turn.fields[each.id] !== undefined,
  );
  return {
    acts: [
      {
        do: 'say',
        message: saying(speech, 'what-to-correct', {}, [
          ...pairs(given.map((each) => ({ id: `x:${each.id}`, label: speech.label(`field.${each.id}`) }))),
          [button(speech, 'r:back', 'button.nothing-to-correct')],
        ]),
      },
    ],
    next: { ...turn.conversation, step: { at: 'review', caseId: one.id } },
  };
}

/** The acknowledgement: reference, what happens next, by when a person looks, how to add or withdraw. */
export function sendOff(turn: Turn, one: CaseRecord): Decision {
  const { speech } = turn;
  const said = speech.say(one.formDone ? 'already-sent' : 'sent', { reference: one.reference });
  const say: Act = { do: 'say', message: together(speech, [said, lookBy(turn, one)]) };
  return {
    acts: one.formDone
      ? [say]
      : [
          { do: 'form-done', caseId: one.id },
          { do: 'line', caseId: one.id, line: { what: 'form-done' } },
          say,
        ],
    next: { ...turn.conversation, step: { at: 'idle' } },
  };
}
