import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { COMMAND } from '../../../src/channels/slack/blocks/action-ids.ts';
import { SLACK_EVENTS, SLACK_METHODS } from '../../support/platform-facts/slack-methods.ts';

const root = join(import.meta.dirname, '../../..');

/** The keys of Slack's manifest, version 2, that ours has, with Slack's own lengths. */
const shape = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2) }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[^\s]{1,31}$/),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().min(1).max(1000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});
const manifest = shape.parse(JSON.parse(readFileSync(join(root, 'slack-manifest.json'), 'utf8')));
const scopes = manifest.oauth_config.scopes.bot;

const folder = join(root, 'src/channels/slack');
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n');

test('the manifest has our command, and Socket Mode', () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});

test('the scope of every event is asked for', () => {
  const missing = manifest.settings.event_subscriptions.bot_events.filter((event) => {
    const needed = SLACK_EVENTS[event];
    return !needed || (needed.length > 0 && !needed.some((scope) => scopes.includes(scope)));
  });
  expect(missing).toEqual([]);
});

test('every method that the channel calls is covered by a scope, and every scope is needed', () => {
  const called = [
    ...new Set(
      [...source.matchAll(/\b(?:chat|views|users|conversations|auth)\.[a-zA-Z]+(?=\()/g)].map(
        ([name]) => name,
      ),
    ),
  ];
  expect(called.length).toBeGreaterThan(8);
  const needed = called.map((method) => ({ method, anyOf: SLACK_METHODS[method]?.scopes }));
  const uncovered = needed.filter(
    ({ anyOf }) => !anyOf || (anyOf.length > 0 && !anyOf.some((scope) => scopes.includes(scope))),
  );
  expect(uncovered).toEqual([]);
  const useful = new Set([
    ...needed.flatMap(({ anyOf = [] }) => anyOf),
    'app_mentions:read',
    'im:history',
    'commands',
  ]);
  expect(scopes.filter((scope) => !useful.has(scope))).toEqual([]);
});
