import { isClearQuestion } from './clear-question.ts';
import { nothingTold, type Conversation, type Held } from '../register/conversation-state.ts';
import type { Turn } from './decision.ts';
import { isWithdrawn, purposesIn } from '../case/consent.ts';
import type { Speech } from '../case/knowledge.ts';
import type { CaseRecord, FieldValues } from '../case/case-record.ts';
import type { Routed } from './routed.ts';
import { western, withoutPosition } from '../case/unsafe-place.ts';

/** The chat's cases that are not closed, newest first. */
export const openCases = ({ cases }: Pick<Turn, 'cases'>): CaseRecord[] =>
  cases.filter((one) => one.status !== 'closed');

/** The case that a word of this chat belongs to: the open one that the family wrote about last. */
export function openCase(turn: Turn): CaseRecord | null {
  const one = openCaseForDanger(turn);
  // Whoever has taken their consent back starts anew: nothing more goes into what the desk is locking. But after a cry
  // for help the number that we ask for must reach the people who have it.
  return one && isWithdrawn(turn.consent, one) ? null : one;
}

/** The same, whatever became of the consent: a cry for help goes to the people who know the case. */
export const openCaseForDanger = (turn: Pick<Turn, 'cases'>): CaseRecord | null =>
  openCases(turn).toSorted((a, b) => b.familyAt - a.familyAt)[0] ?? null;

/**
 * The case of a chat that has only closed ones: what is told there belongs to the newest. Null when the consent has been
 * taken back.
 */
export const closedCase = (turn: Turn): CaseRecord | null =>
  openCaseForDanger(turn) === null && (turn.consent?.withdrawnAt ?? null) === null
    ? (turn.cases[0] ?? null)
    : null;

/** The languages that the writer may be using. English words stand in all of them. */
export const speechesOf = ({ speech, routed, knowledge }: Turn): Speech[] => [
  speech,
  ...(routed ? [knowledge.speech(routed.language)] : []),
  knowledge.speech('en'),
];

/**
 * The message only asks what an answer is known to, and tells nothing that the case does not know yet. Small talk and
 * what is none of the helpline's business may be news that the router does not know: a person must see it.
 */
export function onlyAsks(turn: Turn): boolean {
  const { message, routed, knowledge, facts, fields } = turn;
  if (message.content.kind !== 'text' || routed?.intent == null) return false;
  if (routed.intent === 'out-of-scope' || knowledge.intent(routed.intent)?.kind === 'smalltalk') return false;
  const tells = Object.entries(facts).some(([id, value]) => fields[id] !== value);
  return !tells && isClearQuestion(message.content.text, routed, speechesOf(turn));
}

/** The notice was agreed to and that has not been taken back. */
export const hasConsent = (turn: Turn): boolean => purposesIn(turn.consent) !== null;

/** What this family has told in that case: who asks is told apart case by case. */
export const fieldsOf = (turn: Turn, one: CaseRecord): FieldValues => turn.fieldsByCase.get(one.id) ?? {};

/** The words of this turn, for keeping until there is a case. */
export function heldNow(turn: Turn): Held[] {
  const { content, messageId, at } = turn.message;
  const base = { messageId: messageId ?? null, at };
  if (content.kind === 'text') return [{ ...base, text: withoutPosition(content.text), attachment: null }];
  if (content.kind === 'attachment')
    return [{ ...base, text: withoutPosition(content.caption), attachment: content.attachment }];
  if (content.kind === 'contact')
    return [{ ...base, text: `${content.name} ${content.phone}`.trim(), attachment: null }];
  return [];
}

/** Far more than anybody writes before pressing a button. */
const HELD_LIMIT = 100;

export const holding = (turn: Turn): Held[] =>
  [...turn.conversation.held, ...heldNow(turn)].slice(-HELD_LIMIT);

/** The facts of all words so far. What was told first stays: "my son", and later "his brother called". */
export const factsHeard = (turn: Turn): FieldValues => ({ ...turn.facts, ...turn.conversation.facts });

/** Keeps the words of this turn and what they tell until there is a case. */
export const keeping = (turn: Turn): Pick<Conversation, 'held' | 'facts'> => ({
  held: holding(turn),
  facts: factsHeard(turn),
});

/** All needs of one message, the main one first. */
export const needsHeard = (routed: Routed): string[] => [
  ...(routed.intent === null ? [] : [routed.intent]),
  ...routed.also,
];

/** Nothing is asked any more; what brought them here stays known, and that there is no danger. */
export function idleNext(turn: Turn, change: Partial<Conversation> = {}): Conversation {
  const { intents, danger } = turn.conversation;
  return { ...turn.conversation, ...nothingTold(), intents, danger, ...change };
}

export const caseSlots = (turn: Turn, one: CaseRecord): Record<string, string | number> => ({
  reference: one.reference,
  number: turn.nextNumber,
});

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}]+/gu, ' ')
    .trim();

/** What a typed word may mean where buttons are shown: the label itself, its number, or a plain yes or no. */
export function typedChoice(
  turn: Turn,
  typed: string,
  options: { id: string; label: string; yes?: true; no?: true }[],
  byNumber = true,
): string | null {
  const said = fold(western(typed));
  const exact =
    options.find((option) => fold(western(option.label)) === said) ??
    (byNumber ? options[Number(said) - 1] : undefined);
  if (exact) return exact.id;
  const listed = (key: string): boolean => turn.speech.label(key).split(',').map(fold).includes(said);
  if (listed('words.yes')) return options.find((option) => option.yes)?.id ?? null;
  if (listed('words.no')) return options.find((option) => option.no)?.id ?? null;
  return null;
}
