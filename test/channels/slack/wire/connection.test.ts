import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caseOf } from '../../../support/memory-desk-cards.ts';
import type { SlackDesk } from '../../../support/slack-desk.ts';
import { slackDesk } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk;
afterEach(() => slack.end());

const connections = z.looseObject({ sockets: z.number() });
const sockets = async (): Promise<number> => (await slack.look('slack/connections', connections)).sockets;

describe('the connection', () => {
  test('is made by itself when Slack was down at the start', async () => {
    slack = await slackDesk({ cards: [caseOf()] });
    await slack.fault({ target: 'slack', mode: 'down', seconds: 60 });
    await slack.channel.start();
    await soon(() => slack.channel.health().problem ?? undefined);
    expect(slack.channel.health().connected).toBe(false);
    await slack.heal();
    await soon(() => (slack.channel.health().connected ? true : undefined));
    const { ts } = await slack.showCard();
    expect((await slack.press('UMEERA', 'take', ts)).body).toMatchObject({ ok: true });
    expect(slack.channel.health().problem).toBeNull();
  });

  test('is held twice, so that nothing is missed while Slack moves one', async () => {
    slack = await slackDesk({ cards: [caseOf()] });
    await slack.begin();
    const { ts } = await slack.showCard();
    for (const used of [
      () => slack.press('UMEERA', 'take', ts),
      () => slack.choose('UMEERA', 'release', ts),
      () => slack.press('UARJUN', 'take', ts),
    ]) {
      await soon(async () => ((await sockets()) === 2 ? true : undefined));
      await slack.act('disconnect', { reason: 'refresh_requested', which: 'one' });
      expect((await used()).body).toEqual({ ok: true });
      await slack.channel.showCard(slack.desk.card(), { channel: 'C0TRIAGE', ts }, false);
    }
  });

  test('comes back at once when all of it is lost', async () => {
    // A connection that ends as soon as it was made is not made anew at once: this one has lived.
    let ahead = 0;
    slack = await slackDesk({ cards: [caseOf()], now: () => Date.now() + ahead });
    await slack.begin();
    await soon(async () => ((await sockets()) === 2 ? true : undefined));
    ahead = 60_000;
    const lost = Date.now();
    await slack.act('disconnect', { reason: 'refresh_requested', which: 'all' });
    await soon(async () => ((await sockets()) === 2 ? true : undefined));
    expect(Date.now() - lost).toBeLessThan(2000);
  });

  test('stops while Slack is down', async () => {
    slack = await slackDesk();
    await slack.fault({ target: 'slack', mode: 'down', seconds: 60 });
    await slack.channel.start();
    const began = Date.now();
    await slack.channel.stop();
    expect(Date.now() - began).toBeLessThan(2000);
  });
});
