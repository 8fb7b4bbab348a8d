import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHILE_AWAY } from '../../../src/core/family/desk-told.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import {
  agreed,
  helplineBench,
  KNOWLEDGE,
  MEERA,
  officerOf,
  type HelplineBench,
} from '../../support/helpline-bench.ts';

const FAMILY = '501';
const CRY = 'They are taking me to the front now';
const DAY = 24 * 3600_000;
let bench: HelplineBench;
beforeEach(async () => {
  bench = await helplineBench();
});
afterEach(() => bench.clean());

const close = async ({ id }: CaseRecord): Promise<void> => {
  await bench.desk.take(MEERA, id, 'p1');
  const { version } = await bench.theCase(FAMILY);
  const why = { note: 'told by phone', tell: true, takeUp: null, voice: null, reason: null };
  const wish = { caseId: id, version, to: 'closed' as const, ...why };
  expect(await bench.desk.setStatus(MEERA, wish, 'p2')).toMatchObject({ done: true });
  await bench.drained();
};

describe('a date', () => {
  const ways: [string, () => Promise<unknown>][] = [
    [
      'a receipt',
      async () => {
        await bench.presses(FAMILY, 'r:send');
        await bench.says(FAMILY, 'He called from a new number');
      },
    ],
    ['the status', () => bench.commands(FAMILY, 'status')],
    ['the wish for a person', () => bench.commands(FAMILY, 'human')],
    ['the form that is sent', () => bench.presses(FAMILY, 'r:send')],
  ];

  it.each(ways)('%s tells it while a timer stands for it', async (_name, way) => {
    await agreed(bench);
    await way();
    expect(bench.last(FAMILY).text).toContain('A person will look at it by');
  });

  it.each(ways)(
    '%s says that it has passed when the desk was reminded, and tells none again',
    async (_name, way) => {
      const { nextContactAt } = await agreed(bench);
      bench.clock.now = (nextContactAt ?? 0) + 1;
      await bench.wakes();
      await way();
      expect(bench.last(FAMILY).text).toMatch(/has passed\.\s+The desk has been reminded/);
      expect(bench.last(FAMILY).text).not.toContain('will look at it by');
    },
  );

  it('is told by nobody between its passing and the reminder', async () => {
    const { nextContactAt } = await agreed(bench);
    bench.clock.now = (nextContactAt ?? 0) + 1;
    await bench.commands(FAMILY, 'status');
    expect(bench.last(FAMILY).text).not.toMatch(/will look at it by|has passed/);
  });

  it('is not told of a case that waits for nobody', async () => {
    await close(await agreed(bench));
    await bench.commands(FAMILY, 'status');
    expect(bench.last(FAMILY).text).not.toMatch(/will look at it by|has passed/);
  });
});

describe('while the desk cannot be reached', () => {
  it('nobody is told that a person is being alerted, and the call waits', async () => {
    bench.reach.desk = false;
    await bench.says(FAMILY, CRY);
    const { reference } = await bench.theCase(FAMILY);
    expect(bench.last(FAMILY).text).toContain('is recorded');
    expect(bench.last(FAMILY).text).toContain('cannot be reached at this moment');
    expect(bench.last(FAMILY).text).not.toContain('alerted');
    bench.clock.now += 60_000;
    await bench.says(FAMILY, CRY);
    expect(bench.last(FAMILY).text).not.toContain('alerted');
    expect(bench.lines(reference)).toContain('urgent');
  });
});

describe('while the desk cannot be reached no sentence says that it knows', () => {
  /** The first line of each, whatever stands in its slots. */
  const claims = Object.keys(WHILE_AWAY).map((key) => {
    const [line = ''] = KNOWLEDGE.speech('en').label(key, { reference: 'SLOT', number: 'SLOT' }).split('\n');
    return new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('SLOT', '\\w+'));
  });
  const ways: [string, () => Promise<unknown>][] = [
    [
      'a cry, and another',
      async () => {
        await bench.says(FAMILY, CRY);
        await bench.says(FAMILY, CRY);
      },
    ],
    [
      'a no after a cry',
      async () => {
        await bench.says(FAMILY, CRY);
        await bench.presses(FAMILY, 'd:no');
      },
    ],
    ['a case that is opened', () => agreed(bench)],
    [
      'a wish for a person',
      async () => {
        await agreed(bench);
        await bench.commands(FAMILY, 'human');
      },
    ],
    [
      'the status of a case that is overdue',
      async () => {
        const { nextContactAt } = await agreed(bench);
        bench.clock.now = (nextContactAt ?? 0) + 1;
        await bench.wakes();
        await bench.commands(FAMILY, 'status');
      },
    ],
    [
      'words in a closed case',
      async () => {
        await close(await agreed(bench));
        await bench.says(FAMILY, 'He called from a new number');
      },
    ],
  ];

  it.each(ways)('%s', async (_name, way) => {
    await way();
    const said = (): string[] => bench.heard(FAMILY).map(({ text }) => text);
    const claimed = (text: string): boolean => claims.some((claim) => claim.test(text));
    expect(said().some(claimed), 'it says so while the desk can be reached').toBe(true);
    await bench.clean();
    bench = await helplineBench();
    bench.reach.desk = false;
    await way();
    expect(said().filter(claimed)).toEqual([]);
    expect(said().length).toBeGreaterThan(0);
  });

  it('a sentence that says so stands in the table', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../intents/_phrases/en.yaml'), 'utf8');
    const phrases = Object.entries(z.record(z.string(), z.string()).parse(parse(text)));
    const saying = phrases.filter(([, said]) =>
      /\b(?:is being|has (?:already )?been|have been) (?:told|reminded|alerted|called|informed)\b|can see it/.test(
        said,
      ),
    );
    expect(saying.map(([key]) => key).toSorted()).toEqual(Object.keys(WHILE_AWAY).toSorted());
  });
});

describe('whoever does not agree after a cry for help', () => {
  it.each(['n:no', 'n:info'])('is not told that nothing is kept: %s', async (press) => {
    await bench.says(FAMILY, CRY);
    const { reference } = await bench.theCase(FAMILY);
    await bench.commands(FAMILY, 'correct');
    expect(await bench.step(FAMILY)).toBe('notice');
    await bench.presses(FAMILY, press);
    expect(bench.last(FAMILY).text).toContain(reference);
    expect(bench.last(FAMILY).text).toContain('stays with the desk');
  });
});

describe('consent taken back', () => {
  it('/stop tells the desk to stop, and names every case', async () => {
    const closed = await agreed(bench);
    await close(closed);
    await bench.presses(FAMILY, 'm:report', 'd:no');
    const open = (await bench.cases(FAMILY)).find(({ id }) => id !== closed.id);
    await bench.commands(FAMILY, 'stop');
    for (const reference of [closed.reference, open?.reference ?? 'none']) {
      expect(bench.lines(reference).at(-1)).toBe('withdrawn');
      expect(bench.last(FAMILY).text).toContain(reference);
    }
  });

  it('with nothing but a closed case does not say that nothing is stored', async () => {
    const one = await agreed(bench);
    await close(one);
    await bench.commands(FAMILY, 'delete');
    expect(bench.last(FAMILY).text).toContain(one.reference);
    expect(bench.lines(one.reference).at(-1)).toBe('asked-deletion');
  });

  it('with no case says that nothing is stored', async () => {
    await bench.commands(FAMILY, 'stop');
    expect(bench.last(FAMILY).text).toContain('nothing stored');
  });
});

describe('the desk', () => {
  it('is told which message was changed', async () => {
    const one = await agreed(bench);
    const messageId = await bench.says(FAMILY, 'He is in Rostov');
    const [said] = (await bench.messages(one.id)).slice(-1);
    await bench.says(FAMILY, 'He is in Rostov, in the hospital', { edited: true, messageId });
    const line = bench.card(one.reference)?.lines.at(-1);
    expect(line).toEqual({ what: 'family-edited', number: (said?.number ?? 0) + 1, of: said?.number });
  });

  it('is told of a fault as a fault, not as a wish for a person', async () => {
    const one = await agreed(bench);
    const broken = { once: true };
    bench.setKnowledge({
      ...KNOWLEDGE,
      speech(language) {
        const speech = KNOWLEDGE.speech(language);
        const say: typeof speech.say = (key, slots) => {
          if (!broken.once) return speech.say(key, slots);
          broken.once = false;
          throw new Error('a sentence is broken');
        };
        return { ...speech, say };
      },
    });
    await bench.says(FAMILY, 'Where is the embassy?');
    expect(bench.lines(one.reference)).toContain('fault');
    expect(bench.lines(one.reference)).not.toContain('wants-person');
  });

  const staff = { channel: 'slack' as const, staff: { ...officerOf(MEERA), mayOpen: true } };

  it('that records a case has no form to leave', async () => {
    await bench.says('D1', 'My brother is missing in Russia', staff);
    expect(bench.cards[0]?.card.formDone).toBe(true);
    bench.clock.now += 7 * DAY;
    await bench.wakes();
    expect(bench.cards[0]?.lines.map(({ what }) => what)).not.toContain('form-left');
  });

  it('that presses the topic of danger is not told that somebody is being alerted', async () => {
    await bench.does('D1', { kind: 'press', button: 'i:emergency-now' }, staff);
    expect(bench.last('D1').text).not.toMatch(/alert/i);
    expect(bench.last('D1').text).not.toBe('');
  });
});
