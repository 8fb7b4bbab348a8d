import { setTimeout as rest } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboxWorker, type Handle } from '../../../src/core/delivery/inbox-worker.ts';
import type { Register } from '../../../src/core/register/register.ts';
import { registerBench, type RegisterBench } from '../../support/register-bench.ts';

let bench: RegisterBench;
let register: Register;
beforeEach(async () => {
  bench = registerBench(null);
  register = await bench.open();
});
afterEach(() => bench.clean());

const put = (...keys: string[]): Promise<void> =>
  register.inbox.put(
    keys.map((key) => ({ source: { name: 'telegram', key }, lane: `chat ${key[0]}`, body: `said ${key}` })),
  );

/** Works until nothing is due, `times` over, a minute and a half apart. */
async function works(handle: Handle, times = 1): Promise<void> {
  const rests = { begun: (): void => undefined };
  const worker = inboxWorker({
    register,
    handlers: { telegram: handle },
    now: () => bench.clock.now,
    pause: (ms, signal) => {
      rests.begun();
      return rest(ms, undefined, { signal });
    },
    log: bench.log.log,
  });
  for (let i = 0; i < times; i++) {
    const nothingLeft = new Promise<void>((resolve) => {
      rests.begun = resolve;
    });
    worker.start();
    await nothingLeft;
    await worker.stop();
    bench.clock.now += 90_000;
  }
}

const finish = (key: string): Promise<boolean> =>
  register.work((unit) => unit.inbox.finish({ name: 'telegram', key }));

describe('the inbox worker', () => {
  it('hands each entry over once, in the order of its chat', async () => {
    await put('a1', 'b1', 'a2', 'b2', 'a3');
    const handled: string[] = [];
    await works(async ({ source }) => {
      handled.push(source.key);
      await finish(source.key);
    });
    expect(handled.filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(handled.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
  });

  it('tries a poisonous entry five times, then keeps it for a person; other chats go on meanwhile', async () => {
    await put('a1', 'a2', 'b1');
    const tries: string[] = [];
    await works(async ({ source, attempts }) => {
      tries.push(`${source.key}#${attempts}`);
      if (source.key === 'a1') throw new TypeError('secret words of a family');
      await finish(source.key);
    }, 7);
    expect(tries).toEqual(['a1#1', 'b1#1', 'a1#2', 'a1#3', 'a1#4', 'a1#5', 'a2#1']);
    expect((await register.load()).buried).toBe(1);
    expect(
      await bench.sql("select reason, body is not null as kept from inbox where state = 'buried'"),
    ).toEqual([{ reason: 'TypeError', kept: 1 }]);
    expect(bench.log.events().filter((event) => event === 'entry-retry')).toHaveLength(4);
    expect(JSON.stringify(bench.log.lines)).not.toContain('secret words');
  });

  it('an entry that ends the process each time is set aside without being tried again', async () => {
    await put('a1', 'a2');
    for (let i = 0; i < 10; i++) {
      await register.inbox.claim(1, 1000);
      bench.clock.now += 1000;
    }
    const handled: string[] = [];
    await works(async ({ source }) => {
      handled.push(source.key);
      await finish(source.key);
    });
    expect(handled).toEqual(['a2']);
    expect(await bench.sql("select reason from inbox where state = 'buried'")).toEqual([
      { reason: 'never-ended' },
    ]);
  });

  it('an entry that fails once and then goes well is not counted as poison', async () => {
    await put('a1');
    let failures = 1;
    await works(async ({ source }) => {
      if (failures-- > 0) throw new Error('store is busy');
      await finish(source.key);
    }, 2);
    expect(await register.load()).toMatchObject({ inbox: 0, buried: 0 });
  });

  it('an entry of a channel that is not running is not lost', async () => {
    await register.inbox.put([{ source: { name: 'slack', key: 's1' }, lane: 's', body: 'x' }]);
    await works(() => Promise.resolve());
    expect((await register.load()).inbox).toBe(1);
  });

  it('a store that is down stops nothing for good', async () => {
    await put('a1');
    const claim = register.inbox.claim.bind(register.inbox);
    let down = true;
    const handled: string[] = [];
    const paused = { times: 0 };
    const worker = inboxWorker({
      register: {
        ...register,
        inbox: {
          ...register.inbox,
          claim: (limit, lease) => {
            if (down) return Promise.reject(new Error('down'));
            return claim(limit, lease);
          },
        },
      },
      handlers: {
        telegram: async ({ source }) => {
          handled.push(source.key);
          await finish(source.key);
        },
      },
      now: () => bench.clock.now,
      pause: () => {
        paused.times += 1;
        down = paused.times < 3;
        return rest(1);
      },
      log: bench.log.log,
    });
    worker.start();
    while (handled.length === 0) await rest(2);
    await worker.stop();
    expect(handled).toEqual(['a1']);
    expect(bench.log.events().filter((event) => event === 'store-failed')).toHaveLength(3);
  });
});
