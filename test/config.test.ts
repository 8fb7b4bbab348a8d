import { expect, test } from 'vitest';
import { ConfigError, platformsOf, readConfig } from '../src/config.ts';
import * as sandbox from '../sandbox/src/seed.ts';

const REAL = {
  TELEGRAM_BOT_TOKEN: `4242424242:${'A'.repeat(35)}`,
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  SLACK_TRIAGE_CHANNEL: 'C0DESK0001',
};
const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
    return '';
  } catch (error) {
    return error instanceof ConfigError ? error.message : 'another error';
  }
};

test('all that is missing is named at once', () => {
  const { TELEGRAM_BOT_TOKEN, SLACK_BOT_TOKEN } = REAL;
  const faults = faultsOf({ TELEGRAM_BOT_TOKEN, SLACK_BOT_TOKEN });
  expect(faults).toContain('SLACK_TRIAGE_CHANNEL is missing');
  expect(faults).toContain('SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing');
  const more = faultsOf({
    TELEGRAM_BOT_TOKEN,
    PORT: 'x',
    TELEGRAM_WEBHOOK_URL: 'https://helpline.example/telegram',
  });
  for (const name of [
    'PORT',
    'SLACK_BOT_TOKEN',
    'SLACK_TRIAGE_CHANNEL',
    'SLACK_APP_TOKEN',
    'TELEGRAM_WEBHOOK_SECRET',
  ])
    expect(more).toContain(`  ${name} `);
});

test('no fault repeats a value', () => {
  expect(faultsOf({ ...REAL, SLACK_BOT_TOKEN: 'the-secret-one' })).not.toContain('the-secret-one');
});

test('the platforms of real tokens are the bot and the channel, and nothing secret', () => {
  expect(platformsOf(readConfig(REAL))).toEqual({ demo: false, bot: '4242424242', channel: 'C0DESK0001' });
});

test('the sandbox is the demo without tokens, with its own tokens, and wherever it stands', () => {
  const env = {
    TELEGRAM_BOT_TOKEN: sandbox.telegramToken,
    TELEGRAM_API_ROOT: 'http://127.0.0.1:9999/telegram',
    SLACK_BOT_TOKEN: sandbox.slackBotToken,
    SLACK_APP_TOKEN: sandbox.slackAppToken,
    SLACK_TRIAGE_CHANNEL: sandbox.slackTriageChannel,
  };
  const demo = platformsOf(readConfig({}));
  expect(demo).toEqual({
    demo: true,
    bot: sandbox.telegramToken.split(':')[0],
    channel: sandbox.slackTriageChannel,
  });
  expect(platformsOf(readConfig(env))).toEqual(demo);
});

test('a real bot with the sandbox’s number, or a real workspace beside the emulated bot, is no demo', () => {
  const TELEGRAM_BOT_TOKEN = `1000000001:${'A'.repeat(35)}`;
  expect(platformsOf(readConfig({ ...REAL, TELEGRAM_BOT_TOKEN })).demo).toBe(false);
  expect(platformsOf(readConfig({ ...REAL, TELEGRAM_BOT_TOKEN: sandbox.telegramToken })).demo).toBe(false);
});
