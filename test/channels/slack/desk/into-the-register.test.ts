import { afterEach, beforeEach, expect, test } from 'vitest';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { slackChannel } from '../../../../src/channels/slack/slack-channel.ts';
import type { InboundMessage } from '../../../../src/core/words/messages.ts';
import type { Register } from '../../../../src/core/register/register.ts';
import { memoryDesk } from '../../../support/memory-desk.ts';
import { recordedLog } from '../../../support/recorded-log.ts';
import { registerBench, type RegisterBench } from '../../../support/register-bench.ts';
import { desksOf } from '../../../support/slack-desk.ts';
import type { SlackSandbox } from '../../../support/slack-sandbox.ts';
import { slackSandbox, soon } from '../../../support/slack-sandbox.ts';

let slack: SlackSandbox;
let bench: RegisterBench;
beforeEach(async () => {
  slack = await slackSandbox();
  bench = registerBench(null);
});
afterEach(async () => {
  await bench.clean();
  await slack.close();
});

/** A life of the process: a register, a channel on it, and what the helpline was told. */
async function life() {
  const register: Register = await bench.open({ now: Date.now });
  const heard: string[] = [];
  const finish = (source: InboundMessage['source']) => register.work((unit) => unit.inbox.finish(source));
  const channel = slackChannel({
    botToken: slack.env('SLACK_BOT_TOKEN'),
    appToken: slack.env('SLACK_APP_TOKEN'),
    apiUrl: slack.env('SLACK_API_URL'),
    desks: () => desksOf(slack.env('SLACK_TRIAGE_CHANNEL'), {}),
    register,
    helpline: {
      receive: async (message) => {
        if ((await finish(message.source)) && message.content.kind === 'text')
          heard.push(message.content.text);
      },
      ignore: async (source) => void (await finish(source)),
    },
    desk: memoryDesk().desk,
    labels: englishLabels(),
    now: Date.now,
    log: recordedLog().log,
  });
  await channel.start();
  await soon(() => (channel.health().connected ? true : undefined));
  return {
    heard,
    waiting: async () => (await register.load()).inbox,
    async handleAll(): Promise<void> {
      for (;;) {
        const entries = await register.inbox.claim(8, 30_000);
        if (entries.length === 0) return;
        for (const entry of entries) await channel.handle(entry);
      }
    },
    async end(): Promise<void> {
      await channel.stop();
      await register.close();
    },
  };
}

test('what Slack was told had come is heard once, in order, by whichever life of the process comes next', async () => {
  const heard: string[] = [];
  const said: string[] = [];
  const say = async (text: string): Promise<void> => {
    said.push(text);
    await slack.act('messages', { user: 'UMEERA', channel: 'dm', text });
  };
  const first = await life();
  await say('kept but not handled');
  await soon(async () => ((await first.waiting()) === 1 ? true : undefined));
  await first.end();
  await say('written while nobody listens');
  const second = await life();
  await say('written afterwards');
  await soon(async () => {
    await second.handleAll();
    return second.heard.length === 3 ? true : undefined;
  });
  heard.push(...first.heard, ...second.heard);
  await second.handleAll();
  await second.end();
  expect(heard.toSorted()).toEqual(said.toSorted());
  expect(heard[0]).toBe('kept but not handled');
});

test('a message of somebody whom Slack cannot tell about waits in the register', async () => {
  const one = await life();
  await slack.act('messages', { user: 'UARJUN', channel: 'dm', text: 'a mother phoned' });
  await soon(async () => ((await one.waiting()) === 1 ? true : undefined));
  await slack.fault({ target: 'slack', mode: 'server-error', seconds: 60 });
  await one.handleAll();
  expect(one.heard).toEqual([]);
  expect(await one.waiting()).toBe(1);
  await one.end();
});
