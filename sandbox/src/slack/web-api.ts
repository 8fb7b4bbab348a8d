import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { answerCall } from '../api-call.ts';
import type { Answer } from '../api-call.ts';
import type { EmulatorDeps, SandboxApp } from '../emulator.ts';
import { slackAppToken, slackBotToken } from '../seed.ts';
import { chatMethods } from './methods-chat.ts';
import { conversationMethods } from './methods-conversations.ts';
import { team } from './identity.ts';
import { method } from './methods.ts';
import type { Method } from './methods.ts';
import { peopleMethods } from './methods-people.ts';
import { viewMethods } from './methods-views.ts';
import { openRateLimits } from './rate-limits.ts';
import { respond } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import type { Sockets } from './sockets.ts';
import type { Workspace } from './workspace.ts';

/** `/slack/api/<method>` and the response_urls. */
export const slackWebApi = (
  deps: EmulatorDeps,
  workspace: Workspace,
  sockets: Sockets,
  limited: () => boolean,
): SandboxApp => {
  const limits = openRateLimits(deps.now);
  const methods = new Map<string, Method>(
    Object.entries({
      'apps.connections.open': {
        ...method('t3', z.strictObject({}), () => ({ url: sockets.open() })),
        token: 'app',
      },
      ...chatMethods(deps.baseUrl),
      ...conversationMethods,
      ...peopleMethods(deps.baseUrl),
      ...viewMethods,
    } satisfies Record<string, Method>),
  );

  const call = (name: string, bearer: string | undefined, given: Record<string, unknown>): Answer => {
    // Bolt's clients add team_id to every call.
    const { token, team_id, ...args } = given;
    if (team_id !== undefined && team_id !== team.id) throw new SlackError('team_not_found');
    const method = methods.get(name);
    if (!method) throw new SlackError('unknown_method');
    checkToken(bearer || token, method.token);
    const wait = limited()
      ? limits.take(name, method.tier, typeof args['channel'] === 'string' ? args['channel'] : '')
      : undefined;
    if (wait !== undefined) return rateLimited(wait);
    // One unit: nothing of a call that fails stays, and all of it is on disk before the answer.
    return ok(deps.state.atomically(() => method.call(workspace, args)));
  };

  const app: SandboxApp = new Hono();
  app.on(['GET', 'POST'], '/api/:method', async (c) => {
    const name = c.req.param('method');
    const given = await readArguments(c);
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    const { token: _, ...shown } = given;
    return answerCall(deps, c, {
      target: 'slack',
      method: name,
      arguments: readable(shown),
      apply: () => orError(() => call(name, bearer, given)),
      rateLimited,
      serverError,
      refused,
    });
  });
  const answerUrl = async (c: Context<{ Bindings: HttpBindings }>) => {
    const given: unknown = await c.req.json().catch(() => undefined);
    return answerCall(deps, c, {
      target: 'slack',
      method: 'response_url',
      arguments: { body: given },
      apply: () => {
        const answer = orError(() =>
          deps.state.atomically(() => {
            respond(workspace, workspace.responseUrls.use(c.req.param('secret') ?? ''), given);
            return { status: 200, body: 'ok' };
          }),
        );
        return answer.status === 200 && answer.body !== 'ok' ? { ...answer, status: 404 } : answer;
      },
      rateLimited,
      serverError,
    });
  };
  app.post('/actions/:team/:number/:secret', answerUrl);
  app.post('/commands/:team/:number/:secret', answerUrl);
  return app;
};

const checkToken = (token: unknown, wanted: Method['token']) => {
  if (token === undefined || token === '') throw new SlackError('not_authed');
  if (token !== slackBotToken && token !== slackAppToken) throw new SlackError('invalid_auth');
  if ((token === slackAppToken) !== (wanted === 'app')) throw new SlackError('not_allowed_token_type');
};

const ok = (body: Record<string, unknown>): Answer => ({ status: 200, body: { ok: true, ...body } });

const rateLimited = (seconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
});

const serverError = (): Answer => ({ status: 500, body: { ok: false, error: 'internal_error' } });

const refused = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

const orError = (work: () => Answer): Answer => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const { code, messages } = error;
    return {
      status: 200,
      body: {
        ok: false,
        error: code,
        ...(messages.length > 0 ? { response_metadata: { messages } } : {}),
      },
    };
  }
};

/** Form, multipart, JSON or query, as one record. */
const readArguments = async (c: Context): Promise<Record<string, unknown>> => {
  const type = c.req.header('content-type') ?? '';
  const query: Record<string, unknown> = c.req.query();
  if (c.req.method === 'GET' || type === '') return query;
  if (!type.startsWith('application/json')) return { ...query, ...(await c.req.parseBody()) };
  const body = z.record(z.string(), z.unknown()).safeParse(await c.req.json().catch(() => undefined));
  return { ...query, ...body.data };
};

/** For the list of calls: what came as JSON in a string is shown as what it says. */
const readable = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [key, value];
      try {
        return [key, JSON.parse(value)];
      } catch {
        return [key, value];
      }
    }),
  );
