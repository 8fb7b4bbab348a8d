import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { EmulatorDeps } from './emulator.ts';
import type { Fault, Target } from './faults.ts';

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };

type SandboxContext = Context<{ Bindings: HttpBindings }>;

export type ApiCall = {
  target: Target;
  method: string;
  arguments: Record<string, unknown>;
  /** Does what the call asks for. `hungUp` is aborted when the client goes away. */
  apply(hungUp: AbortSignal): Answer | Promise<Answer>;
  /** The platform's own words for a limit reached and for an internal error. */
  rateLimited(retryAfter: number): Answer;
  serverError(): Answer;
  /** Slack only. */
  refused?(error: string): Answer;
};

/** Runs one API call: plays the fault in force on it, logs it, answers as JSON (or a string body as it is). */
export const answerCall = async (
  { faults, calls, now }: Pick<EmulatorDeps, 'faults' | 'calls' | 'now'>,
  c: SandboxContext,
  call: ApiCall,
): Promise<Response> => {
  const at = now();
  const fault = faults.strike(call.target);
  const hungUp = c.req.raw.signal;
  const answer =
    fault?.mode === 'down' || fault?.mode === 'hang' ? undefined : await played(call, fault, hungUp);
  // A held poll may outlive the moment at which the platform went down or began to hang.
  const later = fault ?? afterwards(faults.inForce(call.target));
  if (later?.mode === 'hang') await faults.over(later, hungUp);
  const cut = later?.mode === 'down' || later?.mode === 'apply-then-drop' || later?.mode === 'hang';
  calls.add({
    target: call.target,
    method: call.method,
    arguments: call.arguments,
    at,
    took: now() - at,
    status: cut ? 0 : (answer?.status ?? 0),
    answer: answer?.body ?? null,
    ...(later ? { fault: later.mode } : {}),
  });
  if (cut || !answer) return hangUp(c);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const type = typeof answer.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  return new Response(text, { status: answer.status, headers: { 'content-type': type, ...answer.headers } });
};

/** Cuts the connection without an answer. */
export const hangUp = (c: SandboxContext): Response => {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
};

const played = (call: ApiCall, fault: Fault | undefined, hungUp: AbortSignal) => {
  if (fault?.mode === 'rate-limit') return call.rateLimited(fault.retry_after);
  if (fault?.mode === 'server-error') return call.serverError();
  if (fault?.mode === 'refuse' && call.refused) return call.refused(fault.error ?? '');
  return call.apply(hungUp);
};

const afterwards = (fault: Fault | undefined): Fault | undefined =>
  (fault?.mode === 'down' || fault?.mode === 'hang') && fault.rate >= 1 ? fault : undefined;
