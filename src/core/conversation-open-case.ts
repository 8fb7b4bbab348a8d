import { raised, type Priority } from './case-status.ts';
import type { Conversation } from './conversation-state.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { dayOf, question, saying } from './family-texts.ts';
import { codes, nextField } from './intake-form.ts';
import type { FieldValues } from './register.ts';
import { nextContact, priorityFor } from './triage.ts';

/**
 * The family has agreed: from here on there is a case with a reference, and every answer is written into it at once.
 * Whatever happens to the conversation, nothing that was said is lost.
 */
export function openAndAsk(turn: Turn, first: Act[]): Decision {
  const { conversation, speech, reference, now } = turn;
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
