import { raised, type Priority } from './case-status.ts';
import type { Conversation } from './conversation-state.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { dayOf, question, saying } from './family-texts.ts';
import { codes, nextField } from './intake-form.ts';
import { showReview } from './conversation-review.ts';
import type { CaseRecord, FieldValues } from './register.ts';
import { fieldsOf, openCase } from './turn.ts';
import { nextContact, priorityFor } from './triage.ts';

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
  const values: FieldValues = { danger_now: conversation.danger ?? 'unknown' };
  if (situations.length > 0) values['situation'] = situations.join(',');
  const asked = needs.reduce<Priority>((most, { priority }) => raised(most, priority), 'P3');
  const priority = priorityFor(values, now, asked);
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
      message: saying(speech, bereaved ? 'case-opened-bereaved' : 'case-opened', {
        reference,
        next: dayOf(nextContact(priority, now), speech.language),
      }),
    },
  ];
  const clean: Conversation = {
    ...conversation,
    held: [],
    intents: [],
    danger: null,
    offered: [],
    misunderstood: 0,
  };
  if (!field) return { acts, next: { ...clean, step: { at: 'idle' } } };
  acts.push({ do: 'say', message: question(speech, field, values) });
  return {
    acts,
    next: { ...clean, step: { at: 'form', caseId: OPENED, field: field.id, mode: 'asking', tries: 0 } },
  };
}

/** A cry for help has opened the case already, before the notice: it goes on, with what was said since. */
function goOnWith(turn: Turn, one: CaseRecord, first: Act[]): Decision {
  const { conversation } = turn;
  const shown = showReview({
    ...turn,
    fields: fieldsOf(turn, one),
    conversation: {
      ...conversation,
      held: [],
      intents: [],
      danger: null,
      step: { at: 'review', caseId: one.id },
    },
  });
  return {
    acts: [...first, { do: 'keep-held', caseId: one.id, held: conversation.held }, ...shown.acts],
    next: shown.next,
  };
}
