import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { z } from 'zod';
import { keyPaths, recordedPayloads } from './slack-recorded.ts';

const root = join(import.meta.dirname, '../../../shared/specs/slack');
const methodsFolder = join(root, 'slack-api-ref/docs.slack.dev/methods');
const samples = join(root, 'java-samples/json-logs/samples');

/** Whether Slack's reference, types and samples lie beside the project; without them nothing can be checked. */
export const slackSpecHere = existsSync(methodsFolder);

if (!slackSpecHere)
  console.warn('No ../shared/specs/slack: calls, blocks and payloads are NOT checked against it.');

const record = z.record(z.string(), z.unknown());
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const methodSchema = z.object({
  args: z.object({ required: z.array(z.string()).default([]), properties: record }),
  errors: record.default({}),
});

const methodOf = (name: string) => {
  const path = join(methodsFolder, `${name}.json`);
  return existsSync(path) ? methodSchema.parse(readJson(path)) : undefined;
};

/** What is wrong with a Web API call by Slack's reference: method, required arguments, invented ones. */
export const checkSlackCall = (method: string, args: Record<string, unknown>): string[] => {
  if (!slackSpecHere) return [];
  const known = methodOf(method);
  if (!known) return [`${method}: no such method`];
  const missing = known.args.required
    .filter((name) => name !== 'token' && args[name] === undefined)
    .map((name) => `${method}.${name}: missing`);
  const invented = Object.keys(args)
    // Bolt's clients add team_id to every call.
    .filter((name) => name !== 'team_id' && known.args.properties[name] === undefined)
    .map((name) => `${method}.${name}: no such argument`);
  return [...missing, ...invented];
};

/** Whether Slack's reference knows this error of this method. */
export const slackErrorKnown = (method: string, error: string): boolean =>
  methodOf(method)?.errors[error] !== undefined;

const types = z.looseObject({ definitions: record });
const validators = (() => {
  if (!slackSpecHere) return undefined;
  const schema = types.parse(readJson(join(root, 'generated/slack-types.schema.json')));
  const strict = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  strict.addSchema({ ...schema, $id: 'slack' });
  const lifted = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  lifted.addSchema({ ...lift(schema), $id: 'slack' });
  return { strict, lifted };
})();

/** Payloads carry more than Slack's types say. */
function lift<T>(schema: T): T {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key === 'additionalProperties' ? undefined : value)),
  );
}

const bySchema = (ajv: Ajv | undefined, definition: string, value: unknown): string[] => {
  const validate = ajv?.getSchema(`slack#/definitions/${definition}`);
  if (!validate) return [`no definition ${definition}`];
  if (validate(value) === true) return [];
  return [...new Set((validate.errors ?? []).map((one) => `${one.instancePath} ${one.message ?? ''}`))].slice(
    0,
    8,
  );
};

const limits = slackSpecHere
  ? z
      .record(z.string(), z.object({ type: z.string().nullable(), limits: z.record(z.string(), z.number()) }))
      .parse(readJson(join(root, 'generated/block-kit-limits.python-slack-sdk.json')))
  : {};

const sizeOf = (value: unknown): number => {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return value.text.length;
  return 0;
};

const overLimits = (
  place: string,
  value: object,
  name: string,
  rename: Record<string, string> = {},
): string[] =>
  Object.entries(limits[name]?.limits ?? {}).flatMap(([limit, size]) => {
    const key = limit.replace(/_m(ax|in)_length$/, '');
    const held = record.parse(value)[rename[key] ?? key];
    if (held === undefined) return [];
    return limit.endsWith('max_length') ? (sizeOf(held) > size ? [`${place}.${key}: over ${size}`] : []) : [];
  });

const walkLimits = (place: string, value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap((one, index) => walkLimits(`${place}/${index}`, one));
  if (typeof value !== 'object' || value === null) return [];
  const type = 'type' in value ? value.type : undefined;
  const named = Object.entries(limits).find(([, one]) => one.type !== null && one.type === type)?.[0];
  return [
    ...(named ? overLimits(place, value, named) : []),
    ...Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
      const here = `${place}/${key}`;
      const special =
        key === 'confirm' && typeof inner === 'object' && inner !== null && !('type' in inner)
          ? overLimits(here, inner, 'ConfirmObject')
          : key === 'options' && Array.isArray(inner)
            ? inner.flatMap((one: unknown, at) =>
                overLimits(`${here}/${at}`, record.parse(one), 'Option', { label: 'text' }),
              )
            : key === 'fields' && Array.isArray(inner)
              ? inner.flatMap((one: unknown, at) => (sizeOf(one) > 2000 ? [`${here}/${at}: over 2000`] : []))
              : [];
      return [...special, ...walkLimits(here, inner)];
    }),
  ];
};

/** What is wrong with a message's blocks by Slack's types and lengths. */
export const checkBlocks = (blocks: unknown[]): string[] => {
  if (!slackSpecHere) return [];
  return [
    ...bySchema(validators?.strict, 'Blocks', { blocks }),
    ...walkLimits('', blocks),
    ...(blocks.length > 50 ? ['over 50 blocks'] : []),
  ];
};

/** What is wrong with a modal or a Home view that the app sends. */
export const checkView = (view: unknown): string[] => {
  if (!slackSpecHere) return [];
  const read = z.looseObject({ type: z.string(), blocks: z.array(z.unknown()) }).safeParse(view);
  if (!read.success) return ['a view has type and blocks'];
  const { type, blocks } = read.data;
  return [
    ...bySchema(validators?.strict, type === 'home' ? 'HomeView' : 'ModalView', view),
    ...bySchema(validators?.strict, 'Blocks', { blocks }),
    ...overLimits('view', read.data, 'View'),
    ...walkLimits('', blocks),
  ];
};

export type PayloadKind = 'block_actions' | 'view_submission' | 'view_closed' | 'slash_command' | 'event';

const skeletons: Record<Exclude<PayloadKind, 'event'>, string> = {
  block_actions: 'app-backend/interactive-components/BlockActionPayload.json',
  view_submission: 'app-backend/views/ViewSubmissionPayload.json',
  view_closed: 'app-backend/views/ViewClosedPayload.json',
  slash_command: 'app-backend/slash-commands/SlashCommandPayload.json',
};

const eventTypeOf = (event: unknown) => z.looseObject({ type: z.string() }).safeParse(event).data?.type;

/** The reference's own example of an event. */
const eventExample = (type: string): unknown[] => {
  const path = join(root, 'slack-api-ref/events', `${type}.json`);
  const read = existsSync(path) ? z.object({ example: record }).safeParse(readJson(path)) : undefined;
  return read?.success ? [{ event: read.data.example }] : [];
};

/** Messages and views are the same whatever carries them. */
const carried = (folder: string): unknown[] => {
  const messages = [
    ...recordedPayloads(folder, 'block_actions'),
    ...recordedPayloads(folder, 'event', 'message').flatMap((one) =>
      'event' in one ? [{ message: one.event }] : [],
    ),
  ].flatMap((one) => ('message' in one ? [one.message] : []));
  const views = recordedPayloads(folder, 'view_submission').flatMap((one) =>
    'view' in one ? [one.view] : [],
  );
  return [
    ...messages.flatMap((message) => [{ event: { message } }, { event: { previous_message: message } }]),
    ...views.map((view) => ({ event: { view } })),
  ];
};

const eventSkeletons = (event: { type: string; subtype?: string | undefined }): unknown[] => {
  const folder = join(samples, 'events');
  return readdirSync(folder)
    .map((name) => readJson(join(folder, name)))
    .filter((payload) => {
      const read = z
        .object({ event: z.object({ type: z.string(), subtype: z.string().optional() }) })
        .safeParse(payload);
      return (
        read.success &&
        read.data.event.type === event.type &&
        (read.data.event.subtype ?? '') === (event.subtype ?? '')
      );
    });
};

/** What is wrong with a payload that the sandbox sends to the app: Slack's types, and no key that Slack was never seen to send. */
export const checkSlackPayload = (kind: PayloadKind, payload: Record<string, unknown>): string[] => {
  if (!slackSpecHere) return [];
  // The types have no null here and want response_url always; recorded payloads do otherwise.
  const { enterprise: _, context_enterprise_id: __, ...typed } = payload;
  const forTypes = kind === 'block_actions' && 'view' in payload ? { response_url: '', ...typed } : typed;
  const event = z
    .looseObject({ type: z.string(), subtype: z.string().optional() })
    .safeParse(payload['event']).data;
  const folder = join(root, 'recorded-vercel-chat');
  const seen =
    kind === 'event'
      ? [
          ...(event ? [...eventSkeletons(event), ...eventExample(event.type)] : []),
          // A user is the same in both.
          ...(event?.type === 'team_join' ? eventExample('user_change') : []),
          ...carried(folder),
          ...recordedPayloads(folder, 'event').map((one) =>
            'event' in one && eventTypeOf(one.event) !== event?.type ? { ...one, event: {} } : one,
          ),
        ]
      : [
          readJson(join(samples, skeletons[kind])),
          readJson(join(samples, skeletons.view_submission)),
          ...recordedPayloads(folder, kind),
          ...recordedPayloads(folder, 'view_submission'),
        ];
  const known = new Set(seen.flatMap((one) => keyPaths(one)));
  const invented = keyPaths(payload).filter((path) => !known.has(path));
  return [
    ...bySchema(validators?.lifted, kind === 'event' ? 'P_enveloped_event' : `P_${kind}`, forTypes),
    ...invented.map((path) => `${path}: Slack was never seen to send it`),
  ];
};
