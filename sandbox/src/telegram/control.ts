import { Hono } from 'hono';
import { z } from 'zod';
import { readControl, refuse } from '../control.ts';
import type { EmulatorDeps, SandboxApp } from '../emulator.ts';
import type { Profile } from './bot-profile.ts';
import type { CallbackQueries } from './callback-queries.ts';
import { chatEntry, chatView } from './chat-view.ts';
import type { Chats } from './chats.ts';
import type { Files } from './files.ts';
import type { People } from './people.ts';
import { contents, phoneMessage } from './phone-messages.ts';
import type { SendLimits } from './send-limits.ts';
import type { UpdateQueue } from './update-queue.ts';

const user = z.int().positive();

const press = z
  .strictObject({
    user,
    message_id: z.int().positive().optional(),
    label: z.string().min(1).optional(),
    data: z.string().min(1).optional(),
  })
  .refine(({ label, data }) => (label === undefined) !== (data === undefined), 'Give either label or data.');

const block = z.strictObject({ user, blocked: z.boolean() });

const replay = z.strictObject({
  last: z.int().min(1).max(1000),
  order: z.enum(['same', 'reversed']).default('same'),
});

const settings = z.strictObject({ rate_limits: z.boolean().optional() });

export type TelegramControlDeps = EmulatorDeps & {
  chats: Chats;
  files: Files;
  profile: Profile;
  callbacks: CallbackQueries;
  limits: SendLimits;
  queue: UpdateQueue;
  acts: People;
};

/** `/control/telegram/*`: what people do on their phones, and what they see there. */
export const telegramControl = (deps: TelegramControlDeps): SandboxApp => {
  const { chats, files, limits, queue, acts } = deps;
  const app: SandboxApp = new Hono();

  app.post('/messages', async (c) => {
    const sent = await readControl(c, phoneMessage);
    if (sent.edit_message_id !== undefined) {
      if (sent.text === undefined) return refuse(400, 'An edit needs the new text.');
      acts.edit(sent, sent.edit_message_id, sent.text);
      return c.json({ message_id: sent.edit_message_id });
    }
    const ids = contents(sent, acts.meet(sent).user, files).map((content, part) =>
      acts.send(sent, content, part === 0 ? sent.reply_to_message_id : undefined),
    );
    return c.json({ message_id: ids[0], ...(ids.length > 1 ? { message_ids: ids } : {}) });
  });
  app.post('/presses', async (c) => {
    const { user, message_id, label, data } = await readControl(c, press);
    acts.press(
      user,
      { ...(label === undefined ? {} : { label }), ...(data === undefined ? {} : { data }) },
      message_id,
    );
    return c.json({ ok: true });
  });
  app.post('/blocks', async (c) => {
    const { user, blocked } = await readControl(c, block);
    acts.block(user, blocked);
    return c.json({ ok: true });
  });
  app.post('/replay', async (c) => {
    const { last, order } = await readControl(c, replay);
    return c.json({ queued: queue.replay(last, order) });
  });
  app.post('/settings', async (c) => {
    const { rate_limits } = await readControl(c, settings);
    if (rate_limits !== undefined) limits.setLimited(rate_limits);
    return c.json({ ok: true });
  });
  app.get('/chats', (c) => c.json(chats.all().map((chat) => chatEntry(chats, chat))));
  app.get('/chats/:user', (c) => {
    const asked = user.safeParse(Number(c.req.param('user')));
    if (!asked.success) return refuse(400, 'A person is a positive number.');
    return c.json(chatView(deps, acts.meet({ user: asked.data })));
  });
  app.get('/files/:id', (c) => {
    const file = files.get(c.req.param('id')) ?? refuse(404, 'There is no such file.');
    const picture = file.folder === 'photos' ? 'image/jpeg' : 'application/octet-stream';
    return c.body(Buffer.from(file.base64, 'base64'), 200, {
      'content-type': picture,
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
};
