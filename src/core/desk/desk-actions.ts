import { cardOf } from './case-card.ts';
import { mayMove, movesFrom, needsTakeUp, isOutcome, shownToFamily } from '../case/case-status.ts';
import type { DeskActions, Done, Refusal } from './desk.ts';
import { deskReplies } from './desk-replies.ts';
import { actor, NO_SUCH_CASE, note, wantsNoWord, write } from './desk-writing.ts';
import { saying } from '../family/family-texts.ts';
import { FIELD_IDS, isThirdParty } from '../case/intake-form.ts';
import type { Knowledge } from '../case/knowledge.ts';
import type { Log } from '../log.ts';
import type { Errand } from '../register/outbox.ts';
import type { CaseRecord, Officer } from '../case/case-record.ts';
import type { Register, UnitOfWork } from '../register/register.ts';
import { readReference } from '../case/reference.ts';
import { nextContact } from '../case/triage.ts';

const MESSAGES_SHOWN = 60;
const QUEUE_LENGTH = 25;

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
  ): Promise<Done> => {
    const refused: { as: Refusal | null } = { as: null };
    const done = register.work(async (unit): Promise<Done> => {
      const one = await unit.cases.byId(caseId);
      if (!one) return NO_SUCH_CASE;
      if (!(await unit.firstTime('press', `${officer.id}|${press}`))) return { done: true };
      const result = await job(unit, one);
      if (!result.done) {
        // Rolled back, the press too: the same form may be sent off again with another wish.
        refused.as = result;
        throw new Error('refused');
      }
      log('desk-acted', { caseId, kind: action });
      return result;
    });
    return done.catch((error: unknown) => {
      if (!refused.as) throw error;
      log('desk-refused', { caseId, kind: action, why: refused.as.why });
      return refused.as;
    });
  };

  return {
    ...deskReplies({ register, knowledge, random, log }),

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
        // Somebody outside the family is told by a person or not at all.
        if (!isThirdParty(await unit.fields.read(caseId)))
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
    if (await wantsNoWord(unit, one)) return;
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
