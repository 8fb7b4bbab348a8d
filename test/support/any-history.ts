import * as fc from 'fast-check';
import { DOORS } from '../../src/core/case/case-record.ts';
import { STATUSES } from '../../src/core/case/case-status.ts';
import type { CaseEvent } from '../../src/core/case/events.ts';
import { wakeUps } from '../../src/core/desk/wake-ups.ts';
import { Impossible, type Actor, type Happened } from '../../src/core/register/happened.ts';
import type { Register, UnitOfWork } from '../../src/core/register/register.ts';
import { anyEvent, likely, OFFICERS, purposes } from './any-event.ts';

/** Beside the events of a case: the man's and the chat's, timers, and time that goes by. */
const beside = fc.oneof(
  fc.record({ kind: fc.constant('taken-up' as const), door: fc.constantFrom(...DOORS) }),
  fc.record({
    kind: fc.constant('outcome' as const),
    to: fc.option(fc.constantFrom(...STATUSES), { nil: null }),
  }),
  fc.record({ kind: fc.constant('consent' as const), purposes }),
  fc.constantFrom(
    { kind: 'withdrawn' as const },
    { kind: 'blocked' as const },
    { kind: 'unblocked' as const },
  ),
);

const step = fc.record({
  /** Of the cases that there are. */
  on: fc.nat(3),
  /** An officer, the helpline or the family of the case. */
  by: fc.nat(4),
  pick: fc.nat(9),
  what: fc.oneof({ weight: 6, arbitrary: anyEvent }, { weight: 1, arbitrary: beside }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Units of work, each with what happens in it, and minutes that go by before it. */
export const anyHistory = fc.array(
  fc.record({
    minutes: fc.constantFrom(0, 1, 20, 3000),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 9, size: 'max' },
);
export type History = typeof anyHistory extends fc.Arbitrary<infer T> ? T : never;

/** How often each kind happened, and each was refused. */
export type Lived = { happened: Map<string, number>; refused: Map<string, number>; fired: number };

type World = { chats: string[]; cases: string[]; answers: Map<string, string[]> };

const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

/**
 * Lives a history on a register, in two chats of its own. What can't be throws and takes its whole unit with it, as in the
 * helpline. Gives the ids of the cases.
 */
export async function live(
  register: Register,
  clock: { now: number },
  name: string,
  history: History,
  all: Lived,
): Promise<string[]> {
  const wakes = wakeUps({ people: () => ({ duty: [], heads: [] }) });
  let world: World = { chats: [], cases: [], answers: new Map() };
  await register.work(async (unit) => {
    world = { chats: [], cases: [], answers: new Map() };
    for (const one of ['a', 'b']) world.chats.push((await unit.chats.open('telegram', `${name}${one}`)).id);
    await open(unit, world, 0);
  });
  count(all.happened, 'opened');
  for (const { minutes, steps } of history) {
    clock.now += minutes * 60_000;
    const { fired, failed } = await register.timers.fireDue(
      (unit, timer) => (timer.kind === 'unconsented' ? Promise.resolve() : wakes[timer.kind](unit, timer)),
      5,
    );
    for (const { error } of failed) throw error;
    all.fired += fired.length;
    const before = structuredClone(world);
    const done: string[] = [];
    try {
      await register.work(async (unit) => {
        world = structuredClone(before);
        done.splice(0);
        for (const one of steps) done.push(await perform(unit, world, one));
      });
      for (const kind of done) count(all.happened, kind);
    } catch (error) {
      if (!(error instanceof Impossible)) throw error;
      world = before;
      count(all.refused, error.refusal.why);
    }
  }
  return world.cases;
}

const officer = (n: number): { id: string; name: string } => {
  const id = OFFICERS[n % OFFICERS.length] ?? 'U1';
  return { id, name: `Officer ${id}` };
};

async function open(unit: UnitOfWork, world: World, on: number, event?: CaseEvent): Promise<void> {
  const chatId = world.chats[on % world.chats.length] ?? '';
  const given = event?.kind === 'opened' ? event : null;
  const { one } = await unit.record({
    by: { family: chatId },
    case: null,
    kind: 'opened',
    reference: await unit.cases.freshReference(),
    chatId,
    desk: given?.desk ?? 'desk',
    channel: given?.channel ?? 'telegram',
    priority: given?.priority ?? 'P2',
    country: given?.country ?? null,
    language: given?.language ?? 'en',
    needs: given?.needs ?? [],
    formDone: given?.formDone ?? false,
    due: given?.due ?? null,
    values: Object.fromEntries((given?.fields ?? []).map((field) => [field, 'Ravi'])),
  });
  world.cases.push(one.id);
}

/** Does one thing and gives its kind. */
async function perform(unit: UnitOfWork, world: World, { on, by, pick, what }: Step): Promise<string> {
  const id = world.cases[on % world.cases.length] ?? '';
  const one = await unit.cases.byId(id);
  if (!one) throw new Error('a case is gone');
  const staff: Actor = { staff: officer(by) };
  const anybody: Actor = by < 3 ? staff : by === 3 ? 'helpline' : { family: one.chatId };
  const { chatId: chat } = one;
  if (what.kind === 'taken-up') {
    const takeUp = { door: what.door, counterpart: 'Ministry', date: '2026-11-20', reference: `${pick}` };
    await unit.record({ by: staff, case: id, kind: 'taken-up', second: officer(by + 1), takeUp });
  } else if (what.kind === 'outcome')
    await unit.record({ by: staff, case: id, kind: 'outcome', to: what.to });
  else if (what.kind === 'consent') {
    const consent = { noticeVersion: `${pick}`, noticeHash: 'ab', language: 'en', purposes: what.purposes };
    await unit.record({ by: { family: chat }, chat, kind: 'consent', consent, purposes: what.purposes });
  } else if (what.kind === 'withdrawn' || what.kind === 'blocked' || what.kind === 'unblocked')
    await unit.record({ by: { family: chat }, chat, kind: what.kind });
  else if (what.kind === 'opened') await open(unit, world, on, what);
  else
    await onCase(unit, world, id, staff, anybody, likely(one, what, pick, `staff:${officer(by).id}`), pick);
  return what.kind;
}

async function onCase(
  unit: UnitOfWork,
  world: World,
  id: string,
  staff: Actor,
  anybody: Actor,
  event: CaseEvent,
  pick: number,
): Promise<void> {
  const words = {
    text: `words ${pick}`,
    attachment: null,
    language: 'en',
    platformId: null,
    edits: null,
    at: 1,
  };
  const answers = world.answers.get(id) ?? [];
  switch (event.kind) {
    case 'opened':
    case 'carried':
      throw new Error('not here');
    case 'told': {
      const { fields, ...codes } = event;
      const values = Object.fromEntries(fields.map((field) => [field, pick === 0 ? '' : `value ${pick}`]));
      return void (await unit.record({ by: anybody, case: id, ...codes, values }));
    }
    case 'wrote': {
      const attachment = event.file && { kind: event.file, file: 'F' };
      return void (await unit.record({
        by: anybody,
        case: id,
        kind: 'wrote',
        words: { ...words, attachment },
      }));
    }
    case 'replied': {
      const said = await unit.record({ by: staff, case: id, kind: 'replied', words, due: event.due });
      return void world.answers.set(id, [...answers, said.message.id]);
    }
    case 'noted':
      return void (await unit.record({ by: staff, case: id, kind: 'noted', text: 'a note' }));
    case 'delivery': {
      const messageId = answers[pick % answers.length];
      if (messageId === undefined) return;
      const { to, why } = event;
      return void (await unit.record({ by: 'helpline', case: id, kind: 'delivery', messageId, to, why }));
    }
    case 'second':
      return void (await unit.record(
        event.what === 'asked'
          ? {
              by: staff,
              case: id,
              kind: 'second',
              what: 'asked',
              to: event.to,
              beyondConsent: event.beyondConsent,
              content: {
                officer: officer(0),
                note: 'seen',
                tell: false,
                voice: null,
                takeUp: null,
                reason: null,
              },
            }
          : { by: staff, case: id, kind: 'second', what: event.what },
      ));
    case 'taken':
      return void (await unit.record({ by: staff, case: id, kind: 'taken' }));
    case 'status':
      return void (await unit.record({ by: staff, case: id, ...event }));
    default: {
      const fact: Happened = { by: anybody, case: id, ...event };
      await unit.record(fact);
    }
  }
}
