import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paragraph } from '../../../src/core/words/rich-text.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { agreed, helplineBench, MEERA, officerOf, type HelplineBench } from '../../support/helpline-bench.ts';

const FAMILY = '501';
const WORDS = 'words for a family only';
const REFUSED = { done: false, why: 'no-family' };
let bench: HelplineBench;
let one: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  await bench.says('D1', 'My brother is missing in Russia', {
    channel: 'slack',
    staff: { ...officerOf(MEERA), mayOpen: true },
  });
  const found = await bench.register.work(async (unit) => {
    const chat = await unit.chats.open('slack', 'D1');
    return unit.cases.ofChat(chat.id);
  });
  if (!found[0]) throw new Error('staff recorded no case');
  one = found[0];
});
afterEach(() => bench.clean());

const channelOf = async (caseId: string) => {
  const seen = await bench.desk.look(MEERA, caseId);
  return seen.done ? seen.card.channel : null;
};
const toSlack = (): string => JSON.stringify(bench.sends().filter(({ channel }) => channel === 'slack'));

describe('a case that staff recorded', () => {
  it('is shown as one without a family, and a family’s as one with', async () => {
    expect(await channelOf(one.id)).toBe('slack');
    const familys = await agreed(bench, FAMILY);
    expect(await channelOf(familys.id)).toBe('telegram');
  });

  it('takes no answer to a family: there is none', async () => {
    expect(await bench.desk.draftReply(MEERA, one.id, WORDS, 'en')).toEqual(REFUSED);
    expect(await bench.messages(one.id)).toHaveLength(1);
  });

  it('takes none from a draft of earlier days either', async () => {
    const draft = { caseId: one.id, officer: MEERA.id, text: WORDS, language: 'en', sent: null };
    await bench.register.work((unit) => unit.drafts.set('old', JSON.stringify(draft), 1000_000));
    expect(await bench.desk.sendReply(MEERA, 'old')).toEqual(REFUSED);
    await bench.drained();
    expect(toSlack()).not.toContain(WORDS);
    expect(await bench.messages(one.id)).toHaveLength(1);
  });

  it('is taken and moved on without a word to the desk’s own channel', async () => {
    const before = bench.sends().length;
    await bench.desk.take(MEERA, one.id, 'p1');
    await bench.register.work((unit) =>
      unit.record({
        by: { family: one.chatId },
        case: one.id,
        kind: 'told',
        values: { reporter_role: 'parent' },
        country: null,
        needs: [],
      }),
    );
    await bench.desk.release(MEERA, one.id, 'p2');
    await bench.desk.take(MEERA, one.id, 'p3');
    const seen = await bench.desk.look(MEERA, one.id);
    const version = seen.done ? seen.card.version : 0;
    const wish = {
      caseId: one.id,
      version,
      note: 'by phone',
      tell: true,
      takeUp: null,
      voice: null,
      reason: null,
    };
    expect(await bench.desk.setStatus(MEERA, { ...wish, to: 'need_info' }, 'p4')).toMatchObject({
      done: true,
    });
    await bench.drained();
    expect(bench.sends()).toHaveLength(before);
    expect(bench.lines(one.reference)).toEqual(['taken', 'released', 'taken', 'status']);
  });
});

it('an officer’s words never leave for the desk’s channel, whatever stands in the outbox', async () => {
  const message = await bench.register.work(async (unit) => {
    const { message: added } = await unit.record({
      by: { staff: MEERA },
      case: one.id,
      kind: 'replied',
      due: null,
      words: { text: WORDS, attachment: null, language: 'en', platformId: null, edits: null, at: unit.now },
    });
    await unit.send({
      kind: 'message',
      chatId: one.chatId,
      caseId: one.id,
      messageId: added.id,
      message: { text: paragraph(WORDS), buttons: [], language: 'en' },
      whenUnknown: 'ask-desk',
    });
    return added;
  });
  await bench.drained();
  expect(toSlack()).not.toContain(WORDS);
  const kept = (await bench.messages(one.id)).find(({ id }) => id === message.id);
  expect(kept).toMatchObject({ delivery: 'failed', failure: 'no-family' });
  expect(bench.lines(one.reference)).toEqual(['not-delivered']);
});
