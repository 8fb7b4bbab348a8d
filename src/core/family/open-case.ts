import { deskFor } from '../case/desks.ts';
import { raised, type Priority } from '../case/case-status.ts';
import { nothingTold, type Conversation } from '../register/conversation-state.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { ofDesk } from './desk-told.ts';
import { button, dayOf, heardMore, question, saying, summary, together } from './family-texts.ts';
import { countryOf, codes, nextField } from '../case/intake-form.ts';
import { showReview } from './review.ts';
import type { Speech } from '../case/knowledge.ts';
import type { Outgoing } from '../words/messages.ts';
import type { CaseRecord, FieldValues } from '../case/case-record.ts';
import { fieldsOf, openCase } from './turn.ts';
import { nextContact, priorityFor } from '../case/triage.ts';

/**
 * The family has agreed: from here on there is a case with a reference, and every answer is written into it at once.
 * Whatever happens to the conversation, nothing that was said is lost.
 */
export function openAndAsk(turn: Turn, first: Act[]): Decision {
  const { conversation, speech, reference, now } = turn;
  const cried = turn.consent === null ? openCase(turn) : null;
  if (cried) return goOnWith(turn, cried, first);
  const needs = conversation.intents.flatMap((intent) => turn.knowledge.intent(intent) ?? []);
  const situations = [...new Set(needs.flatMap(({ situation }) => situation ?? []))];
  const { facts } = conversation;
  if (situations.length > 0 && ['taken', 'lost'].includes(facts['passport_status'] ?? ''))
    situations.push('passport-taken');
  const values: FieldValues = { ...facts, danger_now: conversation.danger ?? 'unknown' };
  if (situations.length > 0) values['situation'] = [...new Set(situations)].join(',');
  const asked = needs.reduce<Priority>((most, { priority }) => raised(most, priority), 'P3');
  const priority = priorityFor(values, now, asked);
  const desk = deskFor(turn.desks, countryOf(values));
  const field = nextField(values);
  const bereaved = situations.includes('told-dead');
  const acts: Act[] = [
    ...first,
    {
      do: 'open-case',
      priority,
      needs: codes(values['situation']),
      values,
      formDone: false,
      held: conversation.held,
    },
    {
      do: 'say',
      message: together(speech, [
        speech.say(bereaved ? 'case-opened-bereaved' : 'case-opened', {
          reference,
          next: dayOf(nextContact(priority, now, desk.hours), speech.language),
        }),
        bereaved ? [] : ofDesk(turn, desk.id, 'desk-sees'),
      ]),
    },
  ];
  const clean: Conversation = { ...conversation, ...nothingTold() };
  // A question that stood beside the call for help has an answer of its own.
  const questions = needs.filter(({ kind, situation: told }) => kind === 'advisory' && told === null);
  acts.push(
    ...heardMore(
      turn,
      questions.map(({ id }) => id),
    ),
  );
  if (!field) {
    // Everything was told already: nothing is left to ask but whether it was heard rightly.
    const ask = saying(speech, 'review-ask', {}, [[button(speech, 'r:send', 'button.send')]]);
    return {
      acts: [...acts, { do: 'say', message: readBack(speech, facts, ask) }],
      next: clean,
    };
  }
  acts.push({ do: 'say', message: readBack(speech, facts, question(speech, field, values)) });
  return {
    acts,
    next: { ...clean, step: { at: 'form', caseId: OPENED, field: field.id, mode: 'asking', tries: 0 } },
  };
}

/** What was picked from the family's words stands before the first question, with a way to correct it. */
function readBack(speech: Speech, facts: FieldValues, first: Outgoing): Outgoing {
  if (Object.keys(facts).length === 0) return first;
  return {
    ...first,
    text: [...speech.say('noted'), ...summary(speech, facts), ...first.text],
    buttons: [...first.buttons, [button(speech, 'r:fix', 'button.correct')]],
  };
}

/** A cry for help has opened the case already, before the notice: it goes on, with what was said since. */
function goOnWith(turn: Turn, one: CaseRecord, first: Act[]): Decision {
  const { conversation } = turn;
  const told = fieldsOf(turn, one);
  const values = Object.fromEntries(
    Object.entries(conversation.facts).filter(([id]) => told[id] === undefined),
  );
  const fields: Act[] = Object.keys(values).length > 0 ? [{ do: 'fields', caseId: one.id, values }] : [];
  const shown = showReview({
    ...turn,
    fields: { ...values, ...told },
    conversation: { ...conversation, ...nothingTold(), step: { at: 'review', caseId: one.id } },
  });
  return {
    acts: [...first, { do: 'keep-held', caseId: one.id, held: conversation.held }, ...fields, ...shown.acts],
    next: shown.next,
  };
}
