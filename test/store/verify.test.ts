import { copyFileSync } from 'node:fs';
import { setImmediate as others } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseFile } from '../../src/store/open-sqlite.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { clonesOf, type Clone } from '../support/cloned-register.ts';
import { postgresForTests } from '../support/postgres.ts';
import { registerBench, wrote } from '../support/register-bench.ts';
import {
  caseId,
  chatId,
  END,
  headAt,
  keys,
  LAST,
  rewrite,
  sealedBy,
  STORY,
  TAMPERINGS,
  witnessed,
} from '../support/tamperings.ts';

const postgres = await postgresForTests();
if ('skip' in postgres) console.warn(`SKIPPED: verify on Postgres: ${postgres.skip}`);
afterAll(async () => ('skip' in postgres ? undefined : postgres.stop()));

const faults = async ({ url, dataDir }: Clone): Promise<string[]> =>
  (await verifyDatabase({ url, dataDir, keys })).faults.map(({ where, what }) => `${where}: ${what}`);

describe.each(['sqlite', 'postgres'] as const)('verify on %s', (engine) => {
  const { absent, clone } = clonesOf(STORY, engine, postgres);
  it.skipIf(absent)('finds nothing where nothing was done', async () => {
    const one = await clone();
    await one.owned();
    await rewrite(one, (events) => events, sealedBy);
    await witnessed(one, headAt(20));
    expect(await verifyDatabase({ ...one, keys })).toEqual({
      events: LAST,
      cases: STORY.read.length,
      faults: [],
      end: headAt(LAST),
    });
  });

  it.skipIf(absent)('lets others run after each page: of events, of cases, of people, of chats', async () => {
    const one = await clone();
    const seen = { turns: 0, over: false };
    const counting = (async () => {
      for (; !seen.over; seen.turns++) await others();
    })();
    await faults(one);
    seen.over = true;
    await counting;
    // The last turn is the one in which it is seen to be over.
    expect(seen.turns).toBeGreaterThan(4);
  });

  it.skipIf(absent).each(TAMPERINGS)('finds %s', async (_, fault, tamper) => {
    const one = await clone();
    await one.owned();
    await tamper(one);
    const found = await faults(one);
    const named = found.some((line) => (typeof fault === 'string' ? line === fault : fault.test(line)));
    expect({ named, found }).toMatchObject({ named: true });
  });

  it.skipIf(absent)(
    'finds an older copy that was put back whole, also after the helpline has run on it',
    async () => {
      const bench = registerBench(null);
      try {
        const [before, after] = [await clone(), await clone()];
        const open = (url: string | null) =>
          bench.open({ keys, url, dataDir: url === null ? after.dataDir : bench.dataDir });
        const dataDir = after.url === null ? after.dataDir : bench.dataDir;
        const register = await open(after.url);
        await register.work((unit) =>
          wrote(unit, { id: caseId(0), chatId: chatId(0) }, 'He is at the front.'),
        );
        await register.close();
        expect(await faults({ ...after, dataDir })).toEqual([]);
        const lines = bench.log.lines.filter(({ event }) => event === 'checkpoint');
        expect(lines).toMatchObject([
          { fields: { seq: LAST + 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
        ]);

        if (after.url === null) copyFileSync(databaseFile(before.dataDir), databaseFile(dataDir));
        const rolledBack = { ...before, dataDir };
        const cut = `${END}is event ${LAST}, and story-head.json has seen event ${LAST + 1}: it was cut off, or an older backup was put back`;
        expect(await faults(rolledBack)).toEqual([cut]);
        const again = await open(rolledBack.url);
        await again.sweep();
        await again.close();
        expect(await faults(rolledBack)).toEqual([cut]);
        expect(bench.log.events()).toContain('checkpoint-differs');
      } finally {
        await bench.clean();
      }
    },
  );
});
