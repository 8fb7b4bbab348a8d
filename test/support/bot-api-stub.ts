import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';

export type StubCall = { method: string; arguments: Record<string, unknown> };

/** What no honest Bot API says: `answer` writes whatever it likes, or nothing. The token has the real shape. */
export async function botApiStub(answer: (call: StubCall, response: ServerResponse, number: number) => void) {
  const calls: StubCall[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const call: StubCall = {
        method: request.url?.split('/').at(-1) ?? '',
        arguments: z.record(z.string(), z.unknown()).parse(JSON.parse(body || '{}')),
      };
      const number = calls.filter(({ method }) => method === call.method).length;
      calls.push(call);
      answer(call, response, number);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    token: '1234567890:AAF-PLANTEDtokenPLANTEDtokenPLANTED',
    apiRoot: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

export const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

export const ok = (response: ServerResponse, result: unknown): void =>
  json(response, 200, { ok: true, result });
