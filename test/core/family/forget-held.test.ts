import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { believedTime, forgetHeld, heldUntil } from '../../../src/core/family/forget-held.ts';
import {
  CONVERSATION_TTL_MS,
  freshConversation,
  type Conversation,
} from '../../../src/core/register/conversation-state.ts';
import type { Register } from '../../../src/core/register/register.ts';
import { registerBench, type RegisterBench } from '../../support/register-bench.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;

let bench: RegisterBench;
let register: Register;
let steady: number;
let believed: (now: number) => number;
let chatId: string;
beforeEach(async () => {
  bench = registerBench(null);
  register = await bench.open();
  steady = 5_000;
  believed = believedTime({ now: () => bench.clock.now, steady: () => steady });
  chatId = (await register.work((unit) => unit.chats.open('telegram', '501'))).id;
});
afterEach(() => bench.clean());

/** Time goes by, by both clocks, and what comes due is fired. */
async function pass(ms: number): Promise<void> {
  steady += ms;
  bench.clock.now += ms;
  for (let count = -1; count !== 0;) {
    const { fired, failed } = await register.timers.fireDue(forgetHeld(believed), 50);
    expect(failed).toEqual([]);
    count = fired.length;
  }
}
/** Somebody writes; `at` is when, by the platform's clock. */
const write = (text: string, at = bench.clock.now): Promise<void> =>
  register.work(async (unit) => {
    const before = (await unit.conversations.get(chatId)) ?? freshConversation('pa');
    const after: Conversation = {
      ...before,
      languageChosen: true,
      step: { at: 'notice' },
      held: [...before.held, { text, attachment: null, messageId: null, at }],
      facts: { person_name: 'Ravi' },
      intents: ['missing'],
      danger: 'no',
    };
    await unit.conversations.set(chatId, after, CONVERSATION_TTL_MS);
    await unit.timers.set('unconsented', chatId, heldUntil(after, unit.now) ?? 0);
  });
const conversation = () => register.work((unit) => unit.conversations.get(chatId));
const held = async () => (await conversation())?.held.map(({ text }) => text);

describe('words that were said before the notice was answered', () => {
  it('are forgotten after a day, with all that they told; the language and the question that waits stay', async () => {
    await write('my son is missing');
    await pass(DAY - 1);
    expect(await held()).toEqual(['my son is missing']);
    await pass(1);
    expect(await conversation()).toEqual({
      ...freshConversation('pa'),
      languageChosen: true,
      step: { at: 'notice' },
    });
    expect(await bench.sql('select * from timers')).toEqual([]);
  });

  it('are forgotten one by one: what came later stays until its own day is over', async () => {
    await write('first');
    await pass(5 * HOUR);
    await write('second');
    await pass(DAY - 5 * HOUR);
    expect(await held()).toEqual(['second']);
    // Nobody knows of which words they were.
    expect((await conversation())?.facts).toEqual({});
    await pass(5 * HOUR - 1);
    expect(await held()).toEqual(['second']);
    await pass(1);
    expect(await held()).toEqual([]);
  });

  it('that have gone into a case meanwhile are nothing to forget', async () => {
    await write('first');
    await register.work(async (unit) => {
      const one = await unit.conversations.get(chatId);
      if (one) await unit.conversations.set(chatId, { ...one, held: [] }, CONVERSATION_TTL_MS);
    });
    await pass(DAY);
    expect(await conversation()).toMatchObject({ intents: ['missing'], danger: 'no' });
  });

  it('of a chat that is gone make no trouble', async () => {
    await write('first');
    await register.work((unit) => unit.conversations.forget(chatId));
    await pass(DAY);
    expect(await conversation()).toBeNull();
  });

  it('a clock that is set ahead does not forget them; a day later, by any clock, they are gone', async () => {
    await write('first');
    bench.clock.now += 3 * DAY;
    await pass(0);
    await pass(DAY - 1_000);
    expect(await held()).toEqual(['first']);
    await pass(2_000);
    expect(await held()).toEqual([]);
  });

  it('a clock that is set ahead and back again: a day after they were said, neither sooner nor later', async () => {
    await write('first');
    bench.clock.now += 3 * DAY;
    await pass(HOUR);
    bench.clock.now -= 3 * DAY;
    await pass(0);
    await pass(DAY - HOUR - 1_000);
    expect(await held()).toEqual(['first']);
    await pass(2_000);
    expect(await held()).toEqual([]);
  });

  it('said when the clock was ahead, or of a time that is still to come, are kept no longer than a day', async () => {
    await write('from the future', bench.clock.now + 30 * DAY);
    await pass(DAY);
    await pass(DAY);
    expect(await held()).toEqual([]);
    bench.clock.now += 3 * DAY;
    await write('with a wrong clock');
    bench.clock.now -= 3 * DAY;
    await pass(0);
    await pass(DAY);
    await pass(DAY);
    expect(await held()).toEqual([]);
  });

  it('a machine that began in 1970 forgets them too, once its clock is right', async () => {
    const right = bench.clock.now;
    bench.clock.now = 7_000;
    believed = believedTime({ now: () => bench.clock.now, steady: () => steady });
    bench.clock.now = right;
    await write('first');
    await pass(HOUR);
    for (let hours = 0; hours < 47; hours++) await pass(HOUR);
    expect(await held()).toEqual([]);
  });
});

describe('the time that is believed', () => {
  it('follows the clock, and drifts with it', () => {
    for (let second = 0; second < 10 * 86_400; second += 600) {
      steady += 600_000;
      bench.clock.now += 600_030;
      expect(bench.clock.now - believed(bench.clock.now)).toBeLessThan(24 * 6 * 30 + 1_000);
    }
  });

  it('a leap ahead is believed a day after it was seen, one back at once', () => {
    const begun = bench.clock.now;
    expect(believed(begun)).toBe(begun);
    expect(believed(begun + 7 * DAY)).toBe(begun);
    steady += DAY - 1;
    expect(believed(begun + 8 * DAY)).toBe(begun + DAY - 1);
    steady += 1;
    expect(believed(begun + 8 * DAY)).toBe(begun + 8 * DAY);
    expect(believed(begun - DAY)).toBe(begun - DAY);
  });

  it('many leaps: the least of the last day', () => {
    const begun = bench.clock.now;
    const ahead: number[] = [];
    for (const [hours, days] of [
      [1, 5],
      [2, 3],
      [3, 9],
      [26, 9],
      [27, 9],
      [40, 9],
    ] as const) {
      steady = 5_000 + hours * HOUR;
      const now = begun + hours * HOUR;
      ahead.push((believed(now + days * DAY) - now) / DAY);
    }
    expect(ahead).toEqual([0, 0, 0, 3, 9, 9]);
  });
});
