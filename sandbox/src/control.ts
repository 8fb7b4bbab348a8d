import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { streamSSE } from 'hono/streaming';
import type { Context } from 'hono';
import { z } from 'zod';
import type { EmulatorDeps, SandboxApp } from './emulator.ts';
import { faultModes } from './faults.ts';

/** Refuses a control request with `{error: sentence}`. */
export const refuse = (status: 400 | 403 | 404 | 409, sentence: string): never => {
  throw new HTTPException(status, { message: sentence });
};

/** The body of a control request, as the schema has it. Make object schemas strict: an unknown field is the caller's mistake. */
export const readControl = async <T>(c: Context, schema: z.ZodType<T>): Promise<T> => {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return refuse(400, 'The body must be JSON.');
  }
  const read = schema.safeParse(body);
  return read.success ? read.data : refuse(400, z.prettifyError(read.error));
};

const fault = z
  .strictObject({
    target: z.enum(['telegram', 'slack']),
    mode: z.enum(faultModes),
    rate: z.number().min(0).max(1).default(1),
    retry_after: z.number().int().min(1).default(1),
    error: z
      .string()
      .regex(/^[a-z_]+$/)
      .optional(),
    seconds: z.number().positive(),
  })
  .refine(
    ({ target, mode, error }) => (mode === 'refuse') === (error !== undefined && target === 'slack'),
    '"refuse" is for slack and needs an "error"; no other mode has one.',
  );

/** `/control/faults`, `/control/calls`, `/control/events`. */
export const sharedControl = ({ faults, calls, changes }: EmulatorDeps): SandboxApp => {
  const app: SandboxApp = new Hono();
  app.post('/faults', async (c) => {
    faults.set(await readControl(c, fault));
    return c.json({ ok: true });
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ ok: true });
  });
  app.get('/calls', (c) => {
    const target = z.enum(['telegram', 'slack']).optional().safeParse(c.req.query('target'));
    const since = z.coerce.number().optional().safeParse(c.req.query('since'));
    if (!target.success || !since.success)
      return refuse(400, 'target is telegram or slack; since is Unix milliseconds.');
    return c.json(
      calls.list({
        ...(target.data ? { target: target.data } : {}),
        ...(since.data === undefined ? {} : { since: since.data }),
      }),
    );
  });
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const stop = changes.listen((change) => void stream.writeSSE({ data: JSON.stringify(change) }));
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        if (stream.aborted) resolve();
      });
      stop();
    }),
  );
  return app;
};
