import { z } from 'zod';
import { checkKinds, checkShape } from './platform-facts/check-shape.ts';
import { BLOCK_KIT } from './platform-facts/slack-blocks.ts';
import { SLACK_METHODS } from './platform-facts/slack-methods.ts';
import { EVENT_SHAPES } from './platform-facts/slack-events.ts';
import { PAYLOAD_SHAPES } from './platform-facts/slack-payloads.ts';

/** What is wrong with a Web API call: method, required arguments, invented ones, lengths. */
export const checkSlackCall = (method: string, args: Record<string, unknown>): string[] => {
  const known = SLACK_METHODS[method];
  if (!known) return [`${method}: no such method`];
  // Every method may name the token, and Bolt's clients add team_id to every call.
  const { token: _, team_id: __, ...own } = args;
  return checkShape({}, method, known.args, own);
};

/** Whether Slack answers this method with this error. */
export const slackErrorKnown = (method: string, error: string): boolean =>
  SLACK_METHODS[method]?.errors.includes(error) === true;

/** What is wrong with a message's blocks: types, keys and lengths. */
export const checkBlocks = (blocks: unknown): string[] =>
  checkKinds(BLOCK_KIT, 'message', ['MessageBlocks'], { blocks });

/** What is wrong with a modal or a Home view that the app sends. */
export const checkView = (view: unknown): string[] => checkKinds(BLOCK_KIT, 'view', ['Modal', 'Home'], view);

export type PayloadKind = 'block_actions' | 'view_submission' | 'view_closed' | 'slash_command' | 'event';

const event = z.looseObject({
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() }),
});

/** What is wrong with a payload that the sandbox sends to the app: keys that Slack always sends, and none that it never does. */
export const checkSlackPayload = (kind: PayloadKind, payload: Record<string, unknown>): string[] => {
  const problems = checkKinds(PAYLOAD_SHAPES, kind, [kind], payload);
  const read = event.safeParse(payload).data?.event;
  if (kind !== 'event' || !read) return problems;
  const name = read.subtype === undefined ? read.type : `${read.type}/${read.subtype}`;
  const shape = EVENT_SHAPES[name];
  return shape
    ? [...problems, ...checkShape(PAYLOAD_SHAPES, 'event', shape, read)]
    : [...problems, `no event "${name}" is written down`];
};
