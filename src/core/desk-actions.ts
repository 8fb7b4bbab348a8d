import { cardOf } from './case-card.ts';
import { mayMove, movesFrom, needsTakeUp, isOutcome, shownToFamily } from './case-status.ts';
import type { DeskActions, Done, Refusal } from './desk.ts';
import { saying } from './family-texts.ts';
import { FIELD_IDS } from './intake-form.ts';
import type { Knowledge } from './knowledge.ts';
import type { Log } from './log.ts';
import type { Errand } from './outbox.ts';
import type { CaseRecord, Officer, Register, UnitOfWork } from './register.ts';
import type { RichText } from './rich-text.ts';
import { readReference } from './reference.ts';
import { nextContact } from './triage.ts';
import { randomToken } from './random-token.ts';

const DRAFT_TTL_MS = 24 * 3600_000;
const REPLY_LIMIT = 3000;
const MESSAGES_SHOWN = 60;
const QUEUE_LENGTH = 25;

type Draft = { caseId: string; officer: string; text: string; language: string };
type Parts = {
  register: Pick<Register, 'work'>;
  knowledge: () => Knowledge;
  random: (bytes: number) => Uint8Array;
  log: Log;
};

/** The desk's acts. Each is one unit of work: the change, its audit line, the card, and the word to the family. */
export function deskActions({ register, knowledge, random, log }: Parts): DeskActions {
  /** Runs an act on a stored case once per press; a repeated press finds it done. */
  const act = (
    officer: Officer,
    action: string,
    caseId: string,
    press: string,
    job: (unit: UnitOfWork, one: CaseRecord) => Promise<Done>,
  ): Promise<Done> =>
    register.work(async (unit) => {
      const one = await unit.cases.byId(caseId);
      if (!one) return NO_SUCH_CASE;
      if (!(await unit.firstTime('press', `${officer.id}|${press}`))) return { done: true };
      const result = await job(unit, one);
      log(result.done ? 'desk-acted' : 'desk-refused', {
        caseId,
        kind: action,
        ...(result.done ? {} : { why: result.why }),
      });
      return result;
    });

  return {
    take: (officer, caseId, press) =>
      act(officer, 'take', caseId, press, async (unit, one) => {
        if (one.owner?.id === officer.id) return { done: true };
        if (one.owner) return { done: false, why: 'taken', owner: one.owner };
        const status = one.status === 'received' ? 'acknowledged' : one.status;
        await write(unit, officer, one, { owner: officer, status }, 'taken', [
          'owner',
          ...(status === one.status ? [] : ['status']),
        ]);
        await unit.send({ kind: 'card-line', caseId, line: { what: 'taken', by: officer.name } });
        await tellFamily(unit, one, 'desk.taken', { owner: officer.name });
        return { done: true };
      }),

    release: (officer, caseId, press) =>
      act(officer, 'release', caseId, press, async (unit, one) => {
        if (!one.owner) return { done: true };
        if (one.owner.id !== officer.id) return { done: false, why: 'not-yours', owner: one.owner };
        await write(unit, officer, one, { owner: null }, 'released', ['owner']);
        await unit.send({ kind: 'card-line', caseId, line: { what: 'released', by: officer.name } });
        return { done: true };
      }),

    setPriority: (officer, caseId, to, press) =>
      act(officer, 'priority', caseId, press, async (unit, one) => {
        if (one.priority === to) return { done: true };
        await write(
          unit,
          officer,
          one,
          { priority: to, nextContactAt: nextContact(to, unit.now) },
          'priority-set',
          ['priority'],
        );
        await unit.send({ kind: 'card-line', caseId, line: { what: 'priority', by: officer.name, to } });
        return { done: true };
      }),

    setStatus: (officer, wish, press) =>
      act(officer, 'status', wish.caseId, press, async (unit, one) => {
        const { to, takeUp } = wish;
        if (one.version !== wish.version && one.status !== to && !mayMove(one.status, to))
          return { done: false, why: 'changed-meanwhile', owner: one.owner, status: one.status };
        if (!mayMove(one.status, to))
          return { done: false, why: 'illegal-move', from: one.status, moves: movesFrom(one.status) };
        if (needsTakeUp(to) && !takeUp) return { done: false, why: 'needs-take-up' };
        if (takeUp) {
          const kept = await unit.takeUps.add({
            ...takeUp,
            personId: one.personId,
            caseId: one.id,
            officer,
            at: unit.now,
          });
          await unit.audit({
            actor: actor(officer),
            action: 'taken-up',
            object: `person:${one.personId}`,
            fields: Object.keys(takeUp),
          });
          log('desk-acted', { caseId: one.id, kind: 'take-up', why: kept.door });
        }
        await write(
          unit,
          officer,
          one,
          { status: to, nextContactAt: to === 'closed' ? null : nextContact(one.priority, unit.now) },
          'status-set',
          ['status'],
        );
        if (isOutcome(to)) {
          await unit.people.setOutcome(one.personId, to);
          await unit.audit({
            actor: actor(officer),
            action: 'outcome-set',
            object: `person:${one.personId}`,
            fields: ['outcome'],
          });
        }
        await note(unit, officer, one, wish.note);
        await unit.send({
          kind: 'card-line',
          caseId: one.id,
          line: { what: 'status', by: officer.name, to },
        });
        // Outcomes are told by a person, never by a sentence of ours.
        if (wish.tell && shownToFamily(to) === to) await tellFamily(unit, one, `desk.status.${to}`, {});
        return { done: true };
      }),

    look: (caseId) =>
      register.work(async (unit) => {
        const one = await unit.cases.byId(caseId);
        return one ? cardOf(unit, one) : null;
      }),

    find: (officer, typed) =>
      register.work(async (unit) => {
        const reference = readReference(typed);
        const one = reference === null ? null : await unit.cases.byReference(reference);
        if (!one) return null;
        await unit.audit({ actor: actor(officer), action: 'searched', object: `case:${one.id}` });
        return { card: await cardOf(unit, one), place: one.card };
      }),

    readDetails: (officer, caseId) =>
      register.work(async (unit): Promise<Awaited<ReturnType<DeskActions['readDetails']>>> => {
        const one = await unit.cases.byId(caseId);
        if (!one) return NO_SUCH_CASE;
        const values = await unit.fields.read(caseId);
        const fields = FIELD_IDS.flatMap((id) =>
          values[id] === undefined ? [] : [{ id, value: values[id] }],
        );
        await unit.audit({
          actor: actor(officer),
          action: 'details-read',
          object: `case:${caseId}`,
          fields: [...fields.map(({ id }) => id), 'messages', 'take-ups'],
        });
        const details = {
          case: one,
          fields,
          messages: await unit.messages.ofCase(caseId, MESSAGES_SHOWN),
          takeUps: await unit.takeUps.ofPerson(one.personId),
        };
        return { done: true, details };
      }),

    draftReply: (officer, caseId, text, language) =>
      register.work(async (unit): Promise<Awaited<ReturnType<DeskActions['draftReply']>>> => {
        const one = await unit.cases.byId(caseId);
        if (!one) return NO_SUCH_CASE;
        if ((await unit.chats.byId(one.chatId))?.blockedAt != null) return { done: false, why: 'blocked' };
        const draft = randomToken(random);
        const kept: Draft = { caseId, officer: officer.id, text: text.slice(0, REPLY_LIMIT), language };
        await unit.drafts.set(draft, JSON.stringify(kept), DRAFT_TTL_MS);
        const { reporter_role, reporter_name } = await unit.fields.read(caseId);
        await unit.audit({
          actor: actor(officer),
          action: 'reply-drafted',
          object: `case:${caseId}`,
          fields: ['reporter_role', 'reporter_name'],
        });
        const number = (await unit.messages.count(caseId)).last + 1;
        return {
          done: true,
          draft,
          preview: replyText(knowledge(), one, officer, kept, number),
          to: {
            ...(reporter_role === undefined ? {} : { reporter_role }),
            ...(reporter_name === undefined ? {} : { reporter_name }),
          },
        };
      }),

    sendReply: (officer, draftId, press) =>
      register.work(async (unit): Promise<Awaited<ReturnType<DeskActions['sendReply']>>> => {
        const stored = await unit.drafts.get(draftId);
        if (stored === null) return { done: false, why: 'draft-gone' };
        const draft = readDraft(stored);
        if (draft.officer !== officer.id) return { done: false, why: 'draft-gone' };
        const one = await unit.cases.byId(draft.caseId);
        if (!one) return NO_SUCH_CASE;
        if (!(await unit.firstTime('press', press)))
          return { done: true, number: (await unit.messages.count(one.id)).last };
        if ((await unit.chats.byId(one.chatId))?.blockedAt != null) return { done: false, why: 'blocked' };
        const message = await unit.messages.add({
          caseId: one.id,
          from: 'desk',
          author: officer,
          text: draft.text,
          attachment: null,
          language: draft.language,
          at: unit.now,
          delivery: 'waiting',
          failure: null,
          platformId: null,
          edits: null,
        });
        const text = replyText(knowledge(), one, officer, draft, message.number);
        await unit.send({
          kind: 'message',
          chatId: one.chatId,
          caseId: one.id,
          messageId: message.id,
          message: { text, buttons: [], language: draft.language },
          whenUnknown: 'ask-desk',
        });
        await write(
          unit,
          officer,
          one,
          { deskAt: unit.now, nextContactAt: nextContact(one.priority, unit.now) },
          'reply-sent',
          ['text'],
        );
        await unit.send({
          kind: 'card-line',
          caseId: one.id,
          line: { what: 'reply', by: officer.name, number: message.number },
        });
        await unit.drafts.forget(draftId);
        log('desk-acted', { caseId: one.id, kind: 'reply' });
        return { done: true, number: message.number };
      }),

    addNote: (officer, caseId, text, press) =>
      act(officer, 'note', caseId, press, async (unit, one) => {
        await note(unit, officer, one, text);
        await unit.send({ kind: 'card-line', caseId, line: { what: 'note', by: officer.name } });
        return { done: true };
      }),

    queue: (officer) =>
      register.work(async (unit) => {
        const cards = (cases: CaseRecord[]) => Promise.all(cases.map((one) => cardOf(unit, one)));
        const mine = await unit.cases.queue({ owner: officer.id, limit: QUEUE_LENGTH });
        const free = await unit.cases.queue({ owner: null, limit: QUEUE_LENGTH });
        return {
          mine: await cards(mine),
          free: await cards(free),
          open: (await unit.cases.queue({ limit: 1000 })).length,
        };
      }),
  };

  async function tellFamily(
    unit: UnitOfWork,
    one: CaseRecord,
    key: string,
    slots: Record<string, string>,
  ): Promise<void> {
    const speech = knowledge().speech(one.language);
    const errand: Errand = {
      kind: 'message',
      chatId: one.chatId,
      caseId: one.id,
      messageId: null,
      message: saying(speech, key, { reference: one.reference, ...slots }),
      whenUnknown: 'repeat',
    };
    await unit.send(errand);
  }
}

const NO_SUCH_CASE: Refusal = { done: false, why: 'no-such-case' };
const actor = (officer: Officer): string => `staff:${officer.id}`;

/** One change of a case by the desk, with its audit line and its card. */
async function write(
  unit: UnitOfWork,
  officer: Officer,
  one: CaseRecord,
  change: Parameters<UnitOfWork['cases']['change']>[2],
  action: string,
  fields: string[],
): Promise<void> {
  if ((await unit.cases.change(one.id, one.version, change)) === null)
    throw new Error('a case changed inside its own unit of work');
  await unit.audit({ actor: actor(officer), action, object: `case:${one.id}`, fields });
  await unit.send({ kind: 'card', caseId: one.id });
}

async function note(unit: UnitOfWork, officer: Officer, one: CaseRecord, text: string): Promise<void> {
  if (text.trim() === '') return;
  await unit.messages.add({
    caseId: one.id,
    from: 'note',
    author: officer,
    text,
    attachment: null,
    language: null,
    at: unit.now,
    delivery: null,
    failure: null,
    platformId: null,
    edits: null,
  });
  await unit.audit({
    actor: actor(officer),
    action: 'note-added',
    object: `case:${one.id}`,
    fields: ['text'],
  });
}

/** What the family sees: who writes, about which case, under which number, and the officer's words as they are. */
function replyText(
  knowledge: Knowledge,
  one: CaseRecord,
  officer: Officer,
  draft: Draft,
  number: number,
): RichText {
  const speech = knowledge.speech(draft.language);
  const words: RichText = draft.text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ kind: 'paragraph', children: [{ text: part.trim() }] }));
  return speech.say('desk.reply', { reference: one.reference, owner: officer.name, number, words });
}

function readDraft(stored: string): Draft {
  const read: unknown = JSON.parse(stored);
  const { caseId, officer, text, language } = Object(read);
  return { caseId: String(caseId), officer: String(officer), text: String(text), language: String(language) };
}
