import { z } from 'zod';
import { ANSWER_BUTTON } from '../blocks/action-ids.ts';
import type { StoredEvent } from './stored-event.ts';

const pressed = z.looseObject({
  type: z.literal('block_actions'),
  trigger_id: z.string().min(1),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  team: z.looseObject({ id: z.string() }).nullish(),
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }),
  actions: z
    .array(
      z.looseObject({
        action_id: z.string().regex(ANSWER_BUTTON),
        value: z.string(),
        action_ts: z.string().optional(),
      }),
    )
    .min(1),
});

/** The press of a button under one of our answers to staff, as the inbox keeps it; `null` = something else. */
export function readPress(body: unknown): { key: string; lane: string; stored: StoredEvent } | null {
  const read = pressed.safeParse(body);
  if (!read.success) return null;
  const { user, team, channel, message, actions, trigger_id } = read.data;
  const action = actions[0];
  if (action === undefined) return null;
  const teamId = user.team_id ?? team?.id;
  const thread = channel.id.startsWith('D') ? null : (message.thread_ts ?? message.ts);
  return {
    key: trigger_id,
    lane: `${channel.id}:${user.id}`,
    stored: {
      kind: 'press',
      user: user.id,
      ...(teamId !== undefined && { team: teamId }),
      channel: channel.id,
      thread,
      button: action.value,
      ts: action.action_ts ?? message.ts,
    },
  };
}
