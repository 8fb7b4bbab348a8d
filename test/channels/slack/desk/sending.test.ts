import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { METADATA } from '../../../../src/channels/slack/blocks/action-ids.ts';
import { agreed, helplineBench } from '../../../support/helpline-bench.ts';
import { caseOf } from '../../../support/memory-desk-cards.ts';
import type { SlackDesk } from '../../../support/slack-desk.ts';
import { slackDesk } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

const posted = z.looseObject({ ts: z.string(), replies: z.array(z.unknown()).optional() });

let slack: SlackDesk;
beforeEach(async () => {
  slack = await slackDesk({ cards: [caseOf()] });
  await slack.begin();
});
afterEach(() => slack.end());

const place = (ts: string) => ({ channel: 'C0TRIAGE', ts });

describe('a card', () => {
  test('whose answer was lost is found again: one card', async () => {
    await slack.fault({ target: 'slack', mode: 'apply-then-drop', seconds: 60 });
    const lost = await slack.channel.showCard(slack.desk.card(), null, false);
    expect(lost.outcome).toBe('unknown');
    await slack.heal();
    const found = await slack.channel.showCard(slack.desk.card(), null, true);
    const cards = await slack.triage();
    expect(cards).toHaveLength(1);
    expect(found).toEqual({ outcome: 'sent', place: place(cards[0]?.ts ?? '') });
  });

  test('is not mistaken for the card of another case', async () => {
    await slack.showCard();
    const other = caseOf({ caseId: 'case-2', reference: 'ANOTHER2' });
    const shown = await slack.channel.showCard(other, null, true);
    expect(shown.outcome).toBe('sent');
    expect(await slack.triage()).toHaveLength(2);
  });

  test('that is gone is posted anew, once', async () => {
    const gone = place('1690000000.000001');
    const first = await slack.channel.showCard(slack.desk.card(), gone, false);
    const again = await slack.channel.showCard(slack.desk.card(), gone, true);
    expect(first).toEqual(again);
    expect(await slack.triage()).toHaveLength(1);
  });

  test('waits as long as Slack says', async () => {
    await slack.fault({ target: 'slack', mode: 'rate-limit', retry_after: 7, seconds: 60 });
    expect(await slack.channel.showCard(slack.desk.card(), null, false)).toEqual({
      outcome: 'wait',
      ms: 7000,
      why: 'ratelimited',
    });
  });

  test('is never lost when the app is put out of the channel: it waits, and somebody is told', async () => {
    await slack.act('members', { channel: 'triage', user: 'UHELPLINE', member: false });
    const shown = await slack.channel.showCard(slack.desk.card(), null, false);
    expect(shown).toMatchObject({
      outcome: 'wait',
      why: expect.stringMatching(/not_in_channel|channel_not_found/),
    });
    expect(slack.channel.health().problem).toContain('triage channel');
    await slack.act('members', { channel: 'triage', user: 'UHELPLINE', member: true });
    expect((await slack.channel.showCard(slack.desk.card(), null, true)).outcome).toBe('sent');
    expect(slack.channel.health().problem).toBeNull();
  });
});

describe('a line under a card', () => {
  test('whose answer was lost is found again: one line', async () => {
    const { ts } = await slack.showCard();
    const line = { what: 'family-wrote', number: 3, attachment: null } as const;
    await slack.fault({ target: 'slack', mode: 'apply-then-drop', seconds: 60 });
    expect((await slack.channel.addLine(slack.desk.card(), place(ts), line, 'k1', false)).outcome).toBe(
      'unknown',
    );
    await slack.heal();
    expect((await slack.channel.addLine(slack.desk.card(), place(ts), line, 'k1', true)).outcome).toBe(
      'sent',
    );
    expect((await slack.channel.addLine(slack.desk.card(), place(ts), line, 'k2', true)).outcome).toBe(
      'sent',
    );
    const [card] = await slack.triage();
    expect(card?.replies?.map(({ metadata }) => metadata?.event_payload['key'])).toEqual(['k1', 'k2']);
  });

  test('that is urgent is shown in the channel too and calls everybody', async () => {
    const { ts } = await slack.showCard();
    await slack.channel.addLine(slack.desk.card(), place(ts), { what: 'urgent' }, 'k1', false);
    const [post] = (await slack.calls('chat.postMessage')).slice(-1);
    expect(post?.arguments).toMatchObject({
      thread_ts: ts,
      text: expect.stringMatching(/^<!channel> 7K3MQ2X4/),
    });
    expect(String(post?.arguments['reply_broadcast'])).toBe('true');
  });
});

const channelOf = async (name: string) =>
  (await slack.look(`slack/channels/${name}`, z.object({ messages: z.array(posted) }))).messages;

describe('with two desks', () => {
  const MOSCOW = 'C0MOSCOW';
  beforeEach(async () => {
    await slack.end();
    slack = await slackDesk({
      cards: [caseOf(), caseOf({ caseId: 'case-2', reference: 'MOSCOW22', desk: 'moscow' })],
      others: { moscow: MOSCOW },
    });
    await slack.begin();
  });

  test('a card and its lines go to the channel of the case’s own desk', async () => {
    const there = await slack.showCard('case-2');
    expect(there.channel).toBe(MOSCOW);
    await slack.channel.addLine(slack.desk.card('case-2'), there, { what: 'form-done' }, 'k1', false);
    expect((await slack.showCard('case-1')).channel).toBe('C0TRIAGE');
    const [card, ...others] = await channelOf('moscow');
    expect(others).toEqual([]);
    expect(JSON.stringify(card)).toContain('MOSCOW22');
    expect(card?.replies).toHaveLength(1);
    expect(JSON.stringify(await slack.triage())).not.toContain('MOSCOW22');
  });

  test('a lost card is looked for in the channel of its own desk', async () => {
    const there = await slack.showCard('case-2');
    const found = await slack.channel.showCard(slack.desk.card('case-2'), null, true);
    expect(found).toEqual({ outcome: 'sent', place: there });
    expect(await channelOf('moscow')).toHaveLength(1);
  });

  test('the desk whose channel is out of reach is named, however well the other one works', async () => {
    await slack.act('members', { channel: 'moscow', user: 'UHELPLINE', member: false });
    const shown = await slack.channel.showCard(slack.desk.card('case-2'), null, false);
    expect(shown.outcome).toBe('wait');
    await slack.showCard('case-1');
    expect(slack.channel.health().problem).toMatch(/^moscow: /);
    await slack.act('members', { channel: 'moscow', user: 'UHELPLINE', member: true });
    await slack.showCard('case-2');
    expect(slack.channel.health().problem).toBeNull();
  });
});

test('while Slack is down nothing hangs: a card waits or is unsure', async () => {
  await slack.fault({ target: 'slack', mode: 'down', seconds: 60 });
  const began = Date.now();
  const shown = await slack.channel.showCard(slack.desk.card(), null, false);
  expect(['wait', 'unknown']).toContain(shown.outcome);
  expect(Date.now() - began).toBeLessThan(2000);
});

test('a rate limit on posts does not hold back a form', async () => {
  const { ts } = await slack.showCard();
  await slack.act('settings', { rate_limits: true });
  for (let i = 0; i < 8; i += 1)
    await slack.channel.addLine(slack.desk.card(), place(ts), { what: 'form-done' }, `k${i}`, false);
  const began = Date.now();
  await slack.choose('UMEERA', 'note', ts);
  await soon(async () => (await slack.stack('UMEERA'))[0]);
  expect(Date.now() - began).toBeLessThan(2000);
});

describe('a line whose card is no longer where it was shown', () => {
  test.each([
    ['was deleted', { channel: 'C0TRIAGE', ts: '1700000000.000100' }],
    ['is in a channel that the desk has left', { channel: 'C0LEFT', ts: '1700000000.000100' }],
  ])('%s: the card is shown anew, and the line follows', async (_why, place) => {
    const bench = await helplineBench({ desk: slack.channel });
    try {
      const one = await agreed(bench);
      await bench.register.work((unit) => unit.cases.recordCard(one.id, place));
      const before = (await slack.triage()).length;
      // The line alone: a changed card in front of it would have found out that it is gone.
      const line = { kind: 'card-line', caseId: one.id, line: { what: 'form-done' } } as const;
      await bench.register.work((unit) => unit.send(line));
      await bench.drained();
      const posts = (await slack.triage()).slice(before);
      const card = posts.find(({ metadata }) => metadata?.event_type === METADATA.card);
      expect(JSON.stringify(card?.blocks)).toContain(one.reference);
      expect(JSON.stringify(card?.replies)).toContain('finished the form');
      expect(await bench.register.load()).toMatchObject({ outbox: 0, parked: 0 });
    } finally {
      await bench.clean();
    }
  });
});

describe('a word of Slack’s that nobody here knows', () => {
  test('keeps the card and the P0 call: both are posted when it is over, and health says so meanwhile', async () => {
    const bench = await helplineBench({ desk: slack.channel });
    try {
      await slack.fault({ target: 'slack', mode: 'refuse', error: 'some_word_of_next_year', seconds: 600 });
      await bench.says('501', 'They are taking me to the front now');
      await bench.presses('501', 'd:yes');
      const { reference } = await bench.theCase('501');
      expect(await slack.triage()).toEqual([]);
      expect((await bench.register.load()).parked).toBe(0);
      expect(slack.channel.health().problem).toContain('"some_word_of_next_year"');

      await slack.heal();
      bench.clock.now += 5 * 60_000;
      await bench.drained();
      const posts = await slack.triage();
      const cards = posts.filter(({ metadata }) => metadata?.event_type === METADATA.card);
      const calls = posts.filter(({ text }) => text.startsWith(`<!channel> ${reference}`));
      expect([cards.length, calls.length]).toEqual([1, 1]);
      expect(JSON.stringify(cards[0]?.blocks)).toContain(reference);
      expect(await bench.register.load()).toMatchObject({ outbox: 0, parked: 0 });
      expect(slack.channel.health().problem).toBeNull();
    } finally {
      await bench.clean();
    }
  });

  test('about what we wrote is not tried again', async () => {
    await slack.fault({ target: 'slack', mode: 'refuse', error: 'msg_blocks_too_long', seconds: 60 });
    expect(await slack.channel.showCard(slack.desk.card(), null, false)).toEqual({
      outcome: 'never',
      why: 'refused',
    });
    expect(slack.channel.health().problem).toContain('fault of the helpline');
  });
});
