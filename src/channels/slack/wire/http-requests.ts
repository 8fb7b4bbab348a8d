import type { ReceiverEvent } from '@slack/bolt';
import { isValidSlackRequest } from '@slack/bolt';

const MAX_BYTES = 4 * 1024 * 1024;

const answer = (status: number, body = ''): Response => new Response(body === '' ? null : body, { status });

/** What our handler said when it acknowledged, as Slack reads it from an HTTP answer. */
function acknowledgement(said: unknown): Response {
  if (said === undefined || said === null || said === '') return answer(200);
  if (typeof said === 'string') return answer(200, said);
  return Response.json(said);
}

/**
 * Slack's requests over HTTP. Answers 401 to what Slack has not signed within five minutes, 200 only once our handler
 * has acknowledged, and 500 when it has not: then Slack sends the request again.
 */
export const httpRequests =
  (deps: {
    signingSecret: string;
    process: (event: ReceiverEvent) => Promise<void>;
    now: () => number;
  }): ((request: Request) => Promise<Response>) =>
  async (request) => {
    if (request.method !== 'POST') return answer(405);
    if (Number(request.headers.get('content-length') ?? 0) > MAX_BYTES) return answer(413);
    const raw = await request.text();
    if (raw.length > MAX_BYTES) return answer(413);
    const signed = isValidSlackRequest({
      signingSecret: deps.signingSecret,
      body: raw,
      headers: {
        'x-slack-signature': request.headers.get('x-slack-signature') ?? '',
        'x-slack-request-timestamp': Number(request.headers.get('x-slack-request-timestamp') ?? Number.NaN),
      },
      nowMilliseconds: deps.now(),
    });
    if (!signed) return answer(401);
    const body = readBody(raw, request.headers.get('content-type') ?? '');
    if (body === null) return answer(400);
    if (body['type'] === 'url_verification') return Response.json({ challenge: body['challenge'] });
    if (body['ssl_check'] !== undefined) return answer(200);

    let acknowledged: Response | null = null;
    const retries = request.headers.get('x-slack-retry-num');
    try {
      await deps.process({
        body,
        ...(retries !== null && { retryNum: Number(retries) }),
        ack: async (said?: unknown) => void (acknowledged ??= acknowledgement(said)),
      });
    } catch {
      // The handler has logged it; what it had acknowledged before it failed stands.
    }
    return acknowledged ?? answer(500);
  };

/** Events are JSON; presses and forms are JSON in a form field; commands are a form. */
function readBody(raw: string, contentType: string): Record<string, unknown> | null {
  try {
    if (!contentType.startsWith('application/x-www-form-urlencoded')) return object(JSON.parse(raw));
    const form = Object.fromEntries(new URLSearchParams(raw));
    return form['payload'] === undefined ? form : object(JSON.parse(form['payload']));
  } catch {
    return null;
  }
}

const object = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
