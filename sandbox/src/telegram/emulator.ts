import { Hono } from 'hono';
import { answerCall, hangUp, type Answer } from '../api-call.ts';
import type { Emulator, EmulatorDeps, SandboxApp } from '../emulator.ts';
import { telegramToken } from '../seed.ts';
import { BotApiError, errorAnswer, tooManyRequests } from './bot-api-error.ts';
import { openProfile } from './bot-profile.ts';
import { openCallbackQueries } from './callback-queries.ts';
import { openChats } from './chats.ts';
import { telegramControl } from './control.ts';
import { fileMethods } from './file-methods.ts';
import { openFiles } from './files.ts';
import { messageMethods } from './message-methods.ts';
import { people } from './people.ts';
import { profileMethods } from './profile-methods.ts';
import { readArguments } from './read-arguments.ts';
import { sendLimits } from './send-limits.ts';
import { updateMethods } from './update-methods.ts';
import { openUpdateQueue } from './update-queue.ts';
import { deliverToWebhook } from './webhook.ts';

/** An emulated Telegram Bot API: one bot, and the people who write to it. */
export const telegramEmulator = (deps: EmulatorDeps): Emulator => {
  const chats = openChats(deps.state);
  const files = openFiles(deps);
  const profile = openProfile(deps.state);
  const callbacks = openCallbackQueries(deps);
  const queue = openUpdateQueue(deps, () => profile.get().allowed_updates);
  const limits = sendLimits(deps);
  const methods = new Map(
    Object.entries({
      ...updateMethods({ queue, profile }),
      ...profileMethods(profile),
      ...messageMethods({ ...deps, chats, callbacks, limits }),
      ...fileMethods(files),
    }),
  );

  const perform = async (
    name: string,
    raw: Record<string, unknown>,
    hungUp: AbortSignal,
  ): Promise<Answer> => {
    try {
      const method = methods.get(name);
      if (!method) throw new BotApiError(404, 'Not Found');
      const result: unknown = await method(raw, hungUp);
      if (name === 'setWebhook') webhook.flow();
      return { status: 200, body: { ok: true, result } };
    } catch (error) {
      if (error instanceof BotApiError) return errorAnswer(error);
      throw error;
    }
  };

  const webhook = deliverToWebhook({
    ...deps,
    queue,
    profile,
    perform: async (method, values) => {
      await perform(method, values, new AbortController().signal);
    },
  });
  // Updates that were waiting when the last process died.
  queueMicrotask(webhook.flow);
  const unlisten = deps.faults.listen((fault) => {
    if (fault.target === 'telegram' && fault.mode === 'down') queue.release();
  });

  const api: SandboxApp = new Hono();
  api.all('/:bot{bot[^/]+}/:method', async (c) => {
    const method = c.req.param('method');
    const authorized = c.req.param('bot') === `bot${telegramToken}`;
    let raw: Record<string, unknown> = {};
    let unreadable: BotApiError | undefined;
    try {
      raw = await readArguments(c);
    } catch (error) {
      unreadable =
        error instanceof BotApiError ? error : new BotApiError(400, "Bad Request: can't parse the body");
    }
    return answerCall(deps, c, {
      target: 'telegram',
      method,
      arguments: raw,
      apply: (hungUp) => {
        if (!authorized) return errorAnswer(new BotApiError(401, 'Unauthorized'));
        return unreadable ? errorAnswer(unreadable) : perform(method, raw, hungUp);
      },
      rateLimited: (retryAfter) => errorAnswer(tooManyRequests(retryAfter)),
      serverError: () => errorAnswer(new BotApiError(500, 'Internal Server Error')),
    });
  });
  api.get('/file/:bot{bot[^/]+}/:path{.+}', async (c) => {
    const fault = deps.faults.strike('telegram');
    if (fault?.mode === 'hang') await deps.faults.over(fault, c.req.raw.signal);
    if (fault?.mode === 'down' || fault?.mode === 'hang') return hangUp(c);
    const record = files.byPath(c.req.param('path'));
    if (c.req.param('bot') !== `bot${telegramToken}` || !record)
      return c.json({ ok: false, error_code: 404, description: 'Not Found' }, 404);
    return c.body(Buffer.from(record.base64, 'base64'), 200, { 'content-type': 'application/octet-stream' });
  });

  const acts = people({ ...deps, chats, queue, callbacks });
  return {
    api,
    control: telegramControl({ ...deps, chats, files, profile, callbacks, limits, queue, acts }),
    close() {
      unlisten();
      webhook.close();
      queue.release();
    },
  };
};
