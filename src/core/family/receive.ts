import { carryOut } from './carry-out.ts';
import { decide } from './decide.ts';
import { CONVERSATION_TTL_MS, freshConversation, type Conversation } from '../register/conversation-state.ts';
import { heldUntil } from './forget-held.ts';
import { decideOnFault } from './fault.ts';
import { decideForStaff } from './staff.ts';
import { openCaseForDanger, openCases } from './turn.ts';
import type { Decision, Turn } from './decision.ts';
import type { ReadFacts } from './facts.ts';
import type { Desks } from '../case/desks.ts';
import type { Knowledge } from '../case/knowledge.ts';
import { toSafeError, type Log } from '../log.ts';
import type { InboundMessage, Source } from '../words/messages.ts';
import type { FieldValues } from '../case/case-record.ts';
import type { Register, UnitOfWork } from '../register/register.ts';
import type { Route, Routed } from './routed.ts';

/** The door of the core: whatever a channel has heard goes through here, once. */
export type Helpline = {
  /** Decides and writes, in one transaction with the inbox entry's end. Throws only when the store fails. */
  receive(message: InboundMessage): Promise<void>;
  /** Ends an inbox entry that is none of our business. */
  ignore(source: Source): Promise<void>;
};

export type HelplineParts = {
  register: Pick<Register, 'work'>;
  knowledge: () => Knowledge;
  route: () => Route;
  facts: () => ReadFacts;
  desks: () => Desks;
  deskReachable: Turn['deskReachable'];
  log: Log;
};

/** Joins router, conversation and register. A fault of understanding never stops it; a fault of the store always does. */
export function helpline(parts: HelplineParts): Helpline {
  const { register, knowledge, route, facts, desks, deskReachable, log } = parts;
  return {
    async receive(message) {
      await register.work(async (unit) => {
        if (!(await unit.inbox.finish(message.source))) return;
        const turn = await readTurn(unit, message, knowledge(), {
          understand,
          pick,
          desks: desks(),
          deskReachable,
        });
        const decision = decided(turn);
        await carryOut(unit, turn, decision);
        await remember(unit, turn.chat.id, decision.next);
        log('decided', {
          chatId: turn.chat.id,
          source: message.source.name,
          outcome: decision.acts.map((act) => act.do).join('+'),
        });
      });
    },
    async ignore(source) {
      await register.work(async (unit) => {
        await unit.inbox.finish(source);
      });
    },
  };

  function understand(text: string, language: string | undefined, offered: string[]): Routed | null {
    try {
      return route()(text, { ...(language === undefined ? {} : { language }), offered });
    } catch (error) {
      log('decision-failed', { why: 'router', error: toSafeError(error) });
      return null;
    }
  }

  function pick(text: string, language: string, now: number): FieldValues {
    try {
      return facts()(text, language, now);
    } catch (error) {
      log('decision-failed', { why: 'facts', error: toSafeError(error) });
      return {};
    }
  }

  function decided(turn: Turn): Decision {
    try {
      return turn.message.staff ? decideForStaff(turn) : decide(turn);
    } catch (error) {
      log('decision-failed', { why: 'conversation', error: toSafeError(error) });
      return decideOnFault(turn);
    }
  }
}

/** Words of somebody who has not agreed yet are not kept for long: a timer forgets them, a day after the first. */
async function remember(unit: UnitOfWork, chatId: string, next: Conversation | null): Promise<void> {
  if (next === null) await unit.conversations.forget(chatId);
  else await unit.conversations.set(chatId, next, CONVERSATION_TTL_MS);
  const until = next && heldUntil(next, unit.now);
  if (until === null) await unit.timers.clear('unconsented', chatId);
  else await unit.timers.set('unconsented', chatId, until);
}

type Readers = {
  understand: (text: string, language: string | undefined, offered: string[]) => Routed | null;
  pick: ReadFacts;
  desks: Desks;
  deskReachable: Turn['deskReachable'];
};

async function readTurn(
  unit: UnitOfWork,
  message: InboundMessage,
  knowledge: Knowledge,
  { understand, pick, desks, deskReachable }: Readers,
): Promise<Turn> {
  const chat = await unit.chats.open(message.channel, message.address);
  const cases = await unit.cases.ofChat(chat.id);
  const stored = await unit.conversations.get(chat.id);
  const last = stored?.language ?? cases[0]?.language ?? message.appLanguage;
  const text =
    message.content.kind === 'text'
      ? message.content.text
      : message.content.kind === 'attachment'
        ? message.content.caption
        : '';
  const routed = text.trim() === '' ? null : understand(text, last, stored?.offered ?? []);
  const begun = { ...freshConversation(known(knowledge, last)), ...stored };
  const conversation = follow(begun, routed, text, knowledge);
  const { step } = conversation;
  const about =
    cases.find((one) => (step.at === 'form' || step.at === 'review') && one.id === step.caseId) ??
    openCaseForDanger({ cases }) ??
    cases[0];
  // Somebody of the desk may have recorded hundreds, and is told of none of them here.
  const spokenOf = message.staff ? [] : new Set([...(about ? [about] : []), ...openCases({ cases })]);
  const fieldsByCase = new Map<string, FieldValues>();
  for (const one of spokenOf) fieldsByCase.set(one.id, await unit.fields.read(one.id));
  return {
    message,
    chat,
    conversation,
    cases,
    fields: (about && fieldsByCase.get(about.id)) ?? {},
    fieldsByCase,
    nextNumber: about ? about.messages + 1 : 1,
    consent: await unit.consents.latest(chat.id),
    routed,
    facts: routed === null ? {} : pick(text, routed.language, unit.now),
    now: unit.now,
    deskReachable,
    desks,
    reference: await unit.cases.freshReference(),
    knowledge,
    speech: knowledge.speech(conversation.language),
  };
}

/** The nearest language that the bot can speak. */
const known = (knowledge: Knowledge, language: string | undefined): string =>
  knowledge.speech(language ?? 'en').language;

const WORDS_TO_FOLLOW = 3;

/** Answers in the language and script that the person writes, unless they have chosen one. One odd word changes nothing. */
function follow(
  conversation: Conversation,
  routed: Routed | null,
  text: string,
  knowledge: Knowledge,
): Conversation {
  if (!routed || conversation.languageChosen) return conversation;
  const started = conversation.step.at !== 'idle' || conversation.held.length > 0;
  if (started && text.trim().split(/\s+/).length < WORDS_TO_FOLLOW) return conversation;
  return { ...conversation, language: known(knowledge, routed.language) };
}
