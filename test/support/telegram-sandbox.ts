import { Api } from 'grammy';
import { z } from 'zod';
import { startSandbox, type SandboxOptions } from '../../sandbox/src/sandbox.ts';

const answer = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number() }).optional(),
});

/** A sandbox on a free port with a real grammY client at it, and people who can be made to act. */
export const telegramSandbox = async (options: Partial<SandboxOptions> = {}) => {
  const sandbox = await startSandbox({ port: 0, ...options });
  const token = sandbox.env['TELEGRAM_BOT_TOKEN'] ?? '';
  const apiRoot = sandbox.env['TELEGRAM_API_ROOT'] ?? '';
  const request = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${sandbox.url}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    sandbox,
    token,
    apiRoot,
    api: new Api(token, { apiRoot, timeoutSeconds: 60 }),
    /** A raw call, to say what grammY's types would not let one say. */
    call: async (method: string, args: unknown = {}, as = token) => {
      const response = await fetch(`${apiRoot}/bot${as}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      return answer.parse(await response.json());
    },
    control: (path: string, body: unknown) => request('POST', path, body),
    look: async (path: string) => (await request('GET', path)).body,
    clearFaults: () => request('DELETE', 'faults'),
    close: sandbox.close,
  };
};

export type TelegramSandbox = Awaited<ReturnType<typeof telegramSandbox>>;
