import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMAND } from '../../../src/channels/slack/blocks/action-ids.ts';

const root = join(import.meta.dirname, '../../..');
const specs = join(root, '../shared/specs/slack');
const here = existsSync(specs);
if (!here) console.warn('No ../shared/specs/slack: slack-manifest.json is NOT checked against it.');

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const raw = readJson(join(root, 'slack-manifest.json'));
const manifest = z
  .looseObject({
    features: z.looseObject({ slash_commands: z.array(z.looseObject({ command: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.looseObject({
      event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
      socket_mode_enabled: z.boolean(),
    }),
  })
  .parse(raw);
const scopes = manifest.oauth_config.scopes.bot;

const source = readdirSync(join(root, 'src/channels/slack'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src/channels/slack', file), 'utf8'))
  .join('\n');

test('the manifest has our command, and Socket Mode', () => {
  expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});

describe.skipIf(!here)('by Slack’s own reference', () => {
  test('the manifest is valid', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const { $schema: _, ...schema } = z
      .record(z.string(), z.unknown())
      .parse(readJson(join(specs, 'manifest/manifest.schema.2.0.0.json')));
    const validate = ajv.compile(schema);
    validate(raw);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('every event exists, and its scope is asked for', () => {
    const folder = join(specs, 'slack-api-ref/events');
    const shape = z.looseObject({ scopes: z.array(z.string()).default([]) });
    const missing = manifest.settings.event_subscriptions.bot_events.filter((event) => {
      const { scopes: needed } = shape.parse(readJson(join(folder, `${event}.json`)));
      return needed.length > 0 && !needed.some((scope) => scopes.includes(scope.replace('.', ':')));
    });
    expect(missing).toEqual([]);
  });

  test('every method that the channel calls is covered by a scope, and every scope is needed', () => {
    const called = [...source.matchAll(/\b(?:chat|views|users|conversations|auth)\.[a-zA-Z]+(?=\()/g)].map(
      ([name]) => name,
    );
    expect(new Set(called).size).toBeGreaterThan(8);
    const shape = z.looseObject({
      scope: z.looseObject({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
    });
    const needed = called.map((method) => {
      const path = join(specs, 'slack-api-ref/docs.slack.dev/methods', `${method}.json`);
      return { method, anyOf: shape.parse(readJson(path)).scope.bot };
    });
    const uncovered = needed.filter(
      ({ anyOf }) => anyOf.length > 0 && !anyOf.some((scope) => scopes.includes(scope)),
    );
    expect(uncovered).toEqual([]);
    const useful = new Set([
      ...needed.flatMap(({ anyOf }) => anyOf),
      'app_mentions:read',
      'im:history',
      'commands',
    ]);
    expect(scopes.filter((scope) => !useful.has(scope))).toEqual([]);
  });
});
