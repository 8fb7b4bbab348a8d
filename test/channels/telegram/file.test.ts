import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { botApiStub, json, ok } from '../../support/bot-api-stub.ts';
import { channelOn, telegramStreet, type TelegramStreet } from '../../support/telegram-channel-bench.ts';
import { until } from '../../support/until.ts';

describe('a file that a family has sent', () => {
  let street: TelegramStreet;
  beforeEach(async () => {
    street = await telegramStreet();
  });
  afterEach(() => street.close());

  test('is fetched by the handle in its message, and says nothing of the token', async () => {
    const bytes = Buffer.from('%PDF-1.7 a contract');
    const { channel, inbox, received } = channelOn(street);
    await channel.start();
    await street.sends(71, { document: { file_name: 'contract.pdf', base64: bytes.toString('base64') } });
    const [entry] = await until(() => {
      expect(inbox.entries()).toHaveLength(1);
      return inbox.entries();
    });
    if (!entry) throw new Error('no entry');
    await channel.handle(entry);
    const content = received[0]?.content;
    if (content?.kind !== 'attachment') throw new Error('no attachment');
    expect(content.attachment).toMatchObject({ kind: 'document', name: 'contract.pdf' });

    const answer = await channel.fetchFile(content.attachment.file);
    expect(inspect(answer)).not.toContain(street.token);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    await channel.stop();
  });

  test('that is not there is gone', async () => {
    const { channel } = channelOn(street);
    await expect(channel.fetchFile('no-such-file')).rejects.toMatchObject({ code: 'gone' });
    await channel.stop();
  });

  test('cannot be fetched while Telegram is down', async () => {
    const { channel } = channelOn(street);
    await street.fault('down');
    await expect(channel.fetchFile('any')).rejects.toMatchObject({ code: 'unreachable' });
    await channel.stop();
  });
});

test.each<[string, (r: Parameters<typeof ok>[0]) => void, string]>([
  [
    'over 20 MB',
    (r) => json(r, 400, { ok: false, error_code: 400, description: 'Bad Request: file is too big' }),
    'too-big',
  ],
  ['at a path that leads elsewhere', (r) => ok(r, { file_path: '../../bot1:x/getMe' }), 'gone'],
  ['at an absolute path', (r) => ok(r, { file_path: '/etc/passwd' }), 'gone'],
  ['behind a redirect', (r) => ok(r, { file_path: 'documents/file_1.pdf' }), 'unreachable'],
])('a file %s is not fetched', async (_, getFile, code) => {
  const api = await botApiStub(({ method }, response) => {
    if (method === 'getFile') getFile(response);
    else response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' }).end();
  });
  const { channel } = channelOn(api);
  const error: unknown = await channel.fetchFile('F1').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(inspect(error, { depth: 10 })).not.toContain(api.token);
  await channel.stop();
  await api.close();
});
