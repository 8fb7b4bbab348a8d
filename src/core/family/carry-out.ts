import type { CaseMessage, CaseRecord, FieldValues } from '../case/case-record.ts';
import { deskFor, deskOf } from '../case/desks.ts';
import { raised, type Priority } from '../case/case-status.ts';
import { codes, countryOf, isSituation, type Situation } from '../case/intake-form.ts';
import { nextContact, priorityFor } from '../case/triage.ts';
import type { Held } from '../register/conversation-state.ts';
import type { Actor } from '../register/happened.ts';
import type { DeskLine, Errand } from '../register/outbox.ts';
import type { UnitOfWork } from '../register/register.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { heldNow, openCase, openCases } from './turn.ts';

/** So long after the desk was told that the family wrote, it needs no further line, unless it has spoken meanwhile; the card counts the rest. */
const LINE_PAUSE_MS = 10 * 60_000;

/** Lines after which the desk will look at what the family says. */
const TELLS_OF_FAMILY: readonly DeskLine['what'][] = [
  'family-wrote',
  'family-edited',
  'form-done',
  'urgent',
  'wants-person',
  'fault',
];

/**
 * Writes a decision: what happened, and what must be sent. A case is only ever one of the turn's own chat, and a message
 * only ever goes to that chat's stored address.
 */
export async function carryOut(unit: UnitOfWork, turn: Turn, decision: Decision): Promise<void> {
  const by: Actor = turn.message.staff ? { staff: turn.message.staff } : { family: turn.chat.id };
  const lines: Extract<Errand, { kind: 'card-line' }>[] = [];
  const told = { ...turn.conversation.told };
  let opened: CaseRecord | null = null;

  const own = async (caseId: string): Promise<CaseRecord> => {
    const id = caseId === OPENED ? opened?.id : caseId;
    const one = id === undefined ? null : await unit.cases.byId(id);
    if (!one || one.chatId !== turn.chat.id)
      throw new Error('a decision named a case that is not of its chat');
    return one;
  };
  const tell = (one: CaseRecord, line: DeskLine): void => {
    if (TELLS_OF_FAMILY.includes(line.what)) told[toldAs(one)] = unit.now;
    lines.push({ kind: 'card-line', caseId: one.id, line });
  };

  for (const act of decision.acts) await carry(act);
  for (const line of lines) await unit.send(line);
  const lately = Object.entries(told).filter(([, at]) => unit.now - at < LINE_PAUSE_MS);
  if (decision.next) {
    decision.next = { ...decision.next, told: Object.fromEntries(lately) };
    const { step } = decision.next;
    if ((step.at === 'form' || step.at === 'review') && step.caseId === OPENED)
      step.caseId = (await own(OPENED)).id;
  }

  async function carry(act: Act): Promise<void> {
    switch (act.do) {
      case 'say':
        return unit.send({
          kind: 'message',
          chatId: turn.chat.id,
          caseId: (opened ?? openCases(turn)[0])?.id ?? null,
          messageId: null,
          message: act.message,
          whenUnknown: 'repeat',
        });
      case 'open-case':
        opened = await open(act);
        return;
      case 'keep':
        return keep(await own(act.caseId), act.tellDesk);
      case 'keep-held':
        return keepHeld(await own(act.caseId), act.held);
      case 'keep-edit':
        return keepEdit();
      case 'fields':
        return answered(await own(act.caseId), act.values);
      case 'language': {
        const one = await own(act.caseId);
        if (one.language !== act.language)
          await unit.record({ by, case: one.id, kind: 'language', to: act.language });
        return;
      }
      case 'danger': {
        const one = await own(act.caseId);
        await unit.record({ by, case: one.id, kind: 'danger', what: act.what });
        if (act.what === 'heard') await raise(one, 'P0');
        return;
      }
      case 'raise': {
        const one = await own(act.caseId);
        if (one.gradedAt === null) await raise(one, act.priority);
        return;
      }
      case 'form-done': {
        await unit.record({ by, case: (await own(act.caseId)).id, kind: 'form', what: 'done' });
        return;
      }
      case 'line': {
        const one = await own(act.caseId);
        const wanted = WANTED[act.line.what];
        if (wanted) await unit.record({ by, case: one.id, kind: 'wanted', what: wanted });
        return tell(one, act.line);
      }
      case 'consent': {
        const { language } = turn.conversation;
        const { version, hash } = turn.knowledge.notice(language);
        await unit.record({
          by,
          chat: turn.chat.id,
          kind: 'consent',
          purposes: act.purposes,
          consent: { noticeVersion: version, noticeHash: hash, language, purposes: act.purposes },
        });
        return;
      }
      case 'withdraw-consent':
        await unit.record({ by, chat: turn.chat.id, kind: 'withdrawn' });
        for (const one of openCases(turn)) await unit.send({ kind: 'card', caseId: one.id });
        return;
      case 'count-refusal':
        return unit.chats.countRefusal();
      case 'blocked':
        return setBlocked(act.since !== null);
    }
  }

  async function open(act: Extract<Act, { do: 'open-case' }>): Promise<CaseRecord> {
    const desk = deskFor(turn.desks, countryOf(act.values));
    const { one } = await unit.record({
      by,
      case: null,
      kind: 'opened',
      reference: turn.reference,
      chatId: turn.chat.id,
      desk: desk.id,
      channel: turn.chat.channel,
      priority: act.priority,
      country: countryOf(act.values),
      language: turn.conversation.language,
      needs: situationsOf(act.needs),
      formDone: act.formDone,
      due: nextContact(act.priority, unit.now, desk.hours),
      values: act.values,
    });
    for (const held of act.held) await addWords(one, held);
    // Its new card says that the family writes.
    told[toldAs(one)] = unit.now;
    return one;
  }

  /** More urgent, and sooner: by a machine, which never lowers. */
  async function raise(one: CaseRecord, to: Priority): Promise<void> {
    if (raised(one.priority, to) === one.priority) return;
    await unit.record({
      by,
      case: one.id,
      kind: 'raised',
      to,
      due: nextContact(to, unit.now, deskOf(turn.desks, one.desk).hours),
    });
  }

  async function answered(one: CaseRecord, values: FieldValues): Promise<void> {
    const all = { ...(await unit.fields.read(one.id)), ...values };
    await unit.record({
      by,
      case: one.id,
      kind: 'told',
      values,
      country: countryOf(all) ?? one.country,
      needs: situationsOf(codes(all['situation'])),
    });
    // What staff have graded stands, whatever the form says; until new danger, which has an act of its own.
    if (one.gradedAt === null) await raise(one, priorityFor(all, unit.now, one.priority));
  }

  /** The family's words as a message of the case; `edits` is the message that they are a newer wording of. */
  async function addWords(one: CaseRecord, held: Held, edits: string | null = null): Promise<CaseMessage> {
    const { text, attachment, messageId: platformId, at } = held;
    const { language } = turn.conversation;
    const words = { text, attachment, language, platformId, edits, at };
    const { message } = await unit.record({ by, case: one.id, kind: 'wrote', words });
    return message;
  }

  async function keep(one: CaseRecord, tellDesk: boolean): Promise<void> {
    for (const held of heldNow(turn)) {
      const kept = await addWords(one, held);
      const toldAt = told[toldAs(one)] ?? -Infinity;
      const quiet = toldAt > (one.deskAt ?? 0) && unit.now - toldAt < LINE_PAUSE_MS;
      if (tellDesk && !quiet)
        tell(one, {
          what: 'family-wrote',
          number: kept.number,
          attachment: held.attachment?.kind ?? null,
        });
    }
  }

  async function keepHeld(one: CaseRecord, all: readonly Held[]): Promise<void> {
    for (const held of all) await addWords(one, held);
  }

  async function keepEdit(): Promise<void> {
    const { messageId } = turn.message;
    const original =
      messageId === undefined ? null : await unit.messages.byPlatformId(turn.chat.id, messageId);
    const [held] = heldNow(turn);
    if (!held) return;
    // An answer to a question is in the form and not among the messages: its new wording goes to the desk as it is.
    const about = original?.caseId ?? openCase(turn)?.id;
    if (about === undefined) return;
    const one = await own(about);
    const kept = await addWords(one, held, original?.id);
    tell(one, { what: 'family-edited', number: kept.number, of: original?.number ?? null });
  }

  async function setBlocked(blocked: boolean): Promise<void> {
    await unit.record({ by, chat: turn.chat.id, kind: blocked ? 'blocked' : 'unblocked' });
    for (const one of openCases(turn)) {
      await unit.send({ kind: 'card', caseId: one.id });
      tell(one, { what: blocked ? 'family-blocked' : 'family-back' });
    }
  }
}

/** What the desk was told of a case before it closed it tells nothing of the time after. */
const toldAs = ({ id, status }: CaseRecord): string => (status === 'closed' ? `${id} closed` : id);

/** Lines that are wishes of the family: the story keeps them. */
const WANTED: Partial<Record<DeskLine['what'], 'person' | 'deletion'>> = {
  'wants-person': 'person',
  'asked-deletion': 'deletion',
};

const situationsOf = (needs: readonly string[]): Situation[] => needs.filter(isSituation);
