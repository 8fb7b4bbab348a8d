import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSlackPayload } from '../slack-spec.ts';
import { shapesNamed } from './check-shape.ts';
import type { Fact, Shape, Shapes } from './fact.ts';
import type { TelegramField } from './references.ts';
import {
  recordedSlack,
  referencesHere,
  slackEventScopes,
  slackLimits,
  slackMethod,
  slackSeen,
  telegramReference,
} from './references.ts';
import { BLOCK_KIT, NAMED_BY_SLACK } from './slack-blocks.ts';
import { SLACK_EVENTS, SLACK_METHODS } from './slack-methods.ts';
import { EVENT_SHAPES } from './slack-events.ts';
import { PAYLOAD_SHAPES } from './slack-payloads.ts';
import { TELEGRAM_METHODS } from './telegram-methods.ts';
import { TELEGRAM_SHAPES } from './telegram-shapes.ts';

const channels = join(import.meta.dirname, '../../../src/channels');
const sourceOf = (channel: string): string =>
  readdirSync(join(channels, channel), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(channels, channel, name), 'utf8'))
    .join('\n');
const found = (source: string, pattern: RegExp): string[] => [
  ...new Set([...source.matchAll(pattern)].flatMap(([, name]) => name ?? [])),
];

const telegramArgs: Shapes = Object.fromEntries(
  Object.entries(TELEGRAM_METHODS).map(([name, { args }]) => [name, args]),
);

/** A fact with its place, as `Message.text`. */
const factsIn = (shapes: Shapes): [string, Fact][] =>
  Object.entries(shapes).flatMap(([name, shape]) =>
    Object.entries(shape).map(([key, fact]): [string, Fact] => [`${name}.${key}`, fact]),
  );

describe('the tables of what the platforms say', () => {
  test('hold every method that the channels call', () => {
    const slack = found(
      sourceOf('slack'),
      /\b((?:chat|views|users|conversations|auth|usergroups)\.[a-zA-Z]+)(?=\()/g,
    );
    const telegram = found(sourceOf('telegram'), /\b(?:api|ctx)\.([a-zA-Z]+)(?=\()/g).map(
      // grammY's own short name.
      (name) => (name === 'replyWithChatAction' ? 'sendChatAction' : name),
    );
    expect(slack.length).toBeGreaterThan(8);
    expect(telegram.length).toBeGreaterThan(5);
    expect(slack.filter((name) => !SLACK_METHODS[name])).toEqual([]);
    // What configures grammY is no method of Telegram's.
    expect(telegram.filter((name) => name !== 'config' && !TELEGRAM_METHODS[name])).toEqual([]);
  });

  test.each([
    ['Block Kit', BLOCK_KIT, BLOCK_KIT],
    ['Slack’s payloads', { ...PAYLOAD_SHAPES, ...EVENT_SHAPES }, PAYLOAD_SHAPES],
    ['Telegram', { ...TELEGRAM_SHAPES, ...telegramArgs }, TELEGRAM_SHAPES],
  ])('%s: no field is of a shape that nobody wrote down', (_, shapes: Shapes, known: Shapes) => {
    const missing = factsIn(shapes).flatMap(([place, { kinds }]) =>
      kinds
        .flatMap(shapesNamed)
        .filter((name) => !known[name])
        .map((name) => `${place}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

const sorted = (names: Iterable<string>): string[] => [...names].toSorted();
const neededIn = (shape: Shape): string[] => sorted(Object.keys(shape).filter((name) => shape[name]?.needed));

/** Errors that Slack answers with, though its page on the method does not list them. */
const UNLISTED = new Set([
  'chat.postMessage msg_too_long',
  'chat.postMessage thread_not_found',
  'conversations.replies thread_not_found',
]);

const slackDescribes = (): void => {
  test.each(Object.entries(SLACK_METHODS))(
    '%s is as Slack’s page has it',
    (name, { args, scopes, errors }) => {
      const page = slackMethod(name);
      expect(Object.keys(args).filter((arg) => page.args.properties[arg] === undefined)).toEqual([]);
      expect(neededIn(args)).toEqual(sorted(page.args.required.filter((arg) => arg !== 'token')));
      expect(sorted(scopes)).toEqual(sorted(page.scope.bot));
      expect(errors.filter((error) => !UNLISTED.has(`${name} ${error}`) && !page.errors[error])).toEqual([]);
    },
  );

  test.each(Object.entries(SLACK_EVENTS))('the scopes of %s are those of Slack’s page', (name, scopes) => {
    expect(sorted(scopes)).toEqual(sorted(slackEventScopes(name)));
  });

  test('lengths in Block Kit are Slack’s own', () => {
    const limits = slackLimits();
    const ours = factsIn(
      Object.fromEntries(Object.entries(BLOCK_KIT).filter(([name]) => NAMED_BY_SLACK[name] !== undefined)),
    );
    const compared = ours.flatMap(([place, { most }]) => {
      const [shape = '', key = ''] = place.split('.');
      // Slack calls the words of an option its label.
      const named = shape === 'Option' && key === 'text' ? 'label' : key;
      const theirs = limits[NAMED_BY_SLACK[shape] ?? '']?.[`${named}_max_length`];
      return theirs === undefined ? [] : [[place, most, theirs] as const];
    });
    expect(compared.length).toBeGreaterThan(40);
    expect(compared.filter(([, most, theirs]) => most !== theirs)).toEqual([]);
  });

  test('every key in the payloads is one that Slack was seen to send', () => {
    const keys = new Set(slackSeen().flatMap(keysIn));
    expect(
      factsIn({ ...PAYLOAD_SHAPES, ...EVENT_SHAPES })
        .map(([place]) => place)
        .filter((place) => !keys.has(place.split('.').at(-1) ?? '')),
    ).toEqual([]);
  });

  test.each(['block_actions', 'view_submission', 'slash_command', 'event'] as const)(
    'recorded %s payloads lack nothing that is always sent, and hold it in the same kinds',
    (kind) => {
      const payloads = recordedSlack(kind);
      expect(payloads.length).toBeGreaterThan(0);
      const wrong = payloads
        .flatMap((payload) => checkSlackPayload(kind, { ...payload }))
        .filter((problem) => !/: no such field$|is written down$/.test(problem))
        // Whoever recorded the events has cut them short.
        .filter((problem) => kind !== 'event' || !problem.endsWith(': missing'));
      expect([...new Set(wrong)]).toEqual([]);
    },
  );
};

const keysIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]: [string, unknown]) => [key, ...keysIn(inner)])
    : [];

const telegramDescribes = (): void => {
  const { methods, types } = telegramReference();
  /** Their union types are our alternatives. */
  const spread = (kind: string): string[] => {
    const [, arrays = '', inner = ''] = /^((?:Array of )*)(.*)$/.exec(kind) ?? [];
    const subtypes = types[inner]?.subtypes ?? [];
    return subtypes.length > 0 ? subtypes.map((one) => arrays + one) : [kind];
  };
  const compare = (place: string, fact: Fact, field: TelegramField | undefined): string[] => {
    if (!field) return [`${place}: Telegram has no such field`];
    const theirs = field.types.flatMap(spread);
    const range = /(\d+)-(\d+) (characters|bytes)/.exec(field.description);
    const choices = /[Mm]ust be one of (.*?)\./.exec(field.description)?.[1] ?? '';
    const words = [...choices.matchAll(/["“](\w+)["”]/g)].flatMap(([, word]) => word ?? []);
    return [
      ...fact.kinds.filter((kind) => !theirs.includes(kind)).map((kind) => `${place}: not ${kind}`),
      ...(fact.needed === field.required ? [] : [`${place}: needed? ${field.required}`]),
      ...(range && range[0] !== `${fact.least ?? 0}-${fact.most} ${fact.unit}`
        ? [`${place}: ${range[0]}`]
        : []),
      ...(words.length > 0 && sorted(words).join() !== sorted(fact.oneOf ?? []).join()
        ? [`${place}: ${choices}`]
        : []),
    ];
  };
  const wrongIn = (name: string, shape: Shape, fields: TelegramField[]): string[] => [
    ...Object.entries(shape).flatMap(([key, fact]) =>
      compare(
        `${name}.${key}`,
        fact,
        fields.find((field) => field.name === key),
      ),
    ),
    ...fields
      .filter((field) => field.required && !shape[field.name])
      .map((field) => `${name}.${field.name}: needed, and not written down`),
  ];

  test.each(Object.entries(TELEGRAM_METHODS))(
    '%s is as Telegram’s page has it',
    (name, { args, returns }) => {
      expect(wrongIn(name, args, methods[name]?.fields ?? [])).toEqual([]);
      expect(returns).toEqual(methods[name]?.returns);
    },
  );
  test.each(Object.entries(TELEGRAM_SHAPES))('%s is as Telegram’s page has it', (name, shape) => {
    expect(wrongIn(name, shape, types[name]?.fields ?? [])).toEqual([]);
  });
};

// An extra where the references are saved: nothing else depends on them.
if (referencesHere) {
  describe('compared with Slack’s own reference', () => {
    slackDescribes();
  });
  describe('compared with Telegram’s own reference', () => {
    telegramDescribes();
  });
}
