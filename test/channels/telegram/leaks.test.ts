import { inspect } from 'node:util';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../src/core/register/register.ts';
import { paragraph } from '../../../src/core/words/rich-text.ts';
import { botApiStub, json } from '../../support/bot-api-stub.ts';
import { channelOn } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

const words = 'CANARY Asha Devi +91 98765 43210';
const address = '7700112233';

/** Each way in which a call fails, by turns. The token is in the answer too, as a proxy might put it there. */
const failures: Parameters<typeof botApiStub>[0][] = [
  (_, response) => void response.destroy(),
  (call, response) => void response.writeHead(502).end(`<html>${call.method} ${words}</html>`),
  (_, response) => json(response, 400, { ok: false, error_code: 400, description: `Bad Request: ${words}` }),
  (_, response) => json(response, 401, { ok: false, error_code: 401, description: words }),
  (_, response) => json(response, 409, { ok: false, error_code: 409, description: words }),
  (_, response) => json(response, 500, { ok: false, error_code: 500, description: words }),
  (_, response) => json(response, 200, { ok: true, result: [{ [words]: words }] }),
];

let printed: string[];
beforeEach(() => {
  printed = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      printed.push(String(chunk));
      return true;
    });
});
afterEach(() => vi.restoreAllMocks());

const entry: InboxEntry = {
  source: { name: 'telegram', key: '5' },
  lane: address,
  body: `{"update_id":5,"message":{"text":"${words}"}}`,
  attempts: 1,
  receivedAt: 0,
};

test('neither token nor address nor words come out of any failure', async () => {
  const out: unknown[] = [];
  const caught = (thrown: unknown) => void out.push(thrown);
  const roots: string[] = [];
  for (const failure of failures) {
    const api = await botApiStub(failure);
    roots.push(api.apiRoot);
    await fails(api);
    await api.close();
    // The same once nobody listens any more.
    await fails(api);
  }
  async function fails(api: { token: string; apiRoot: string }) {
    const part = channelOn(api);
    await part.channel.start();
    out.push(await part.channel.send(address, { text: paragraph(words), buttons: [], language: 'en' }));
    out.push(await part.channel.send(words, { text: paragraph(words), buttons: [], language: 'en' }));
    await part.channel.fetchFile(words).catch(caught);
    await part.channel.handle(entry).catch(caught);
    await until(() => expect(part.waits.length).toBeGreaterThan(1));
    out.push(part.channel.health());
    await part.channel.stop();
    out.push(part.lines);
  }
  const all = inspect(out, { depth: 20, maxArrayLength: null, maxStringLength: null, showHidden: true });
  for (const secret of ['PLANTED', 'CANARY', '98765', address, ...roots.map((root) => root.slice(7))])
    expect([secret, all.includes(secret), printed.join('').includes(secret)]).toEqual([secret, false, false]);
  expect(out.length).toBeGreaterThan(50);
});

test("grammY's own errors do hold all of it, so the test above can see it", async () => {
  const api = await botApiStub(failures[0] ?? (() => {}));
  const error: unknown = await new Api(api.token, { apiRoot: api.apiRoot })
    .sendMessage(address, words)
    .catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: 20 })).toContain('PLANTED');
  await api.close();
});
