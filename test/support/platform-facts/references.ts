import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recordedPayloads } from '../slack-recorded.ts';

const specs = join(import.meta.dirname, '../../../../shared/specs');
const slack = join(specs, 'slack');

/**
 * Whether the platforms' own references lie beside the project. They are an extra: our tables are compared with them
 * where they are, and every check goes by our tables wherever it runs.
 */
export const referencesHere = existsSync(join(slack, 'slack-api-ref')) && existsSync(join(specs, 'telegram'));

const record = z.record(z.string(), z.unknown());
const readJson = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

const method = z.object({
  args: z.object({ required: z.array(z.string()).default([]), properties: record }),
  scope: z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
  errors: record.default({}),
});
/** Slack's page on one method. */
export const slackMethod = (name: string): z.infer<typeof method> =>
  method.parse(readJson(slack, 'slack-api-ref/docs.slack.dev/methods', `${name}.json`));

const events = join(slack, 'slack-api-ref/events');
/** The scopes that Slack's page on one event asks for. */
export const slackEventScopes = (name: string): string[] =>
  z
    .looseObject({ scopes: z.array(z.string()).default([]) })
    .parse(readJson(events, `${name}.json`))
    .scopes.map((scope) => scope.replace('.', ':'));

/** Slack's saved lengths, by its names of blocks and elements. */
export const slackLimits = (): Record<string, Record<string, number>> =>
  Object.fromEntries(
    Object.entries(
      z
        .record(z.string(), z.object({ limits: z.record(z.string(), z.number()) }))
        .parse(readJson(slack, 'generated/block-kit-limits.python-slack-sdk.json')),
    ).map(([name, { limits }]) => [name, limits]),
  );

const recorded = join(slack, 'recorded-vercel-chat');
/** Real payloads of a kind, as somebody recorded them. */
export const recordedSlack = (kind: string): object[] => recordedPayloads(recorded, kind);

const samples = join(slack, 'java-samples/json-logs/samples');
const jsonIn = (folder: string): unknown[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readJson(folder, name));
/** Everything that shows which keys Slack sends: recorded payloads, sample payloads, and the examples of its pages. */
export const slackSeen = (): unknown[] => [
  ...jsonIn(recorded),
  ...jsonIn(join(samples, 'app-backend')),
  ...jsonIn(join(samples, 'events')),
  ...jsonIn(events),
];

const field = z.object({
  name: z.string(),
  types: z.array(z.string()),
  required: z.boolean(),
  description: z.string(),
});
export type TelegramField = z.infer<typeof field>;
const telegram = z.object({
  methods: z.record(
    z.string(),
    z.object({ returns: z.array(z.string()), fields: z.array(field).default([]) }),
  ),
  types: z.record(
    z.string(),
    z.object({ fields: z.array(field).default([]), subtypes: z.array(z.string()).default([]) }),
  ),
});
/** Telegram's page on its methods and types. */
export const telegramReference = (): z.infer<typeof telegram> =>
  telegram.parse(readJson(specs, 'telegram/api.json'));
