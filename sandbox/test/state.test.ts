import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openState, type State } from '../src/state.ts';
import { telegramSandbox } from '../../test/support/telegram-sandbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'state.db');

describe.each(['in memory', 'in a file'])('state %s', (where) => {
  let state: State;
  beforeEach(() => {
    state = openState(where === 'in memory' ? undefined : file());
  });
  afterEach(() => state.close());

  test('keeps entities in the order of their coming', () => {
    const kind = state.kind<{ n: number }>('thing');
    kind.put('b', { n: 1 });
    kind.put('a', { n: 2 });
    kind.put('b', { n: 3 });
    expect(kind.list()).toEqual([
      { id: 'b', value: { n: 3 } },
      { id: 'a', value: { n: 2 } },
    ]);
  });

  test('undoes a whole unit of work that throws', () => {
    const kind = state.kind<number>('thing');
    kind.put('a', 1);
    expect(() =>
      state.atomically(() => {
        kind.put('a', 2);
        kind.put('b', 2);
        kind.delete('a');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(kind.list()).toEqual([{ id: 'a', value: 1 }]);
  });

  test('gives out values that nobody can change by the way', () => {
    const kind = state.kind<{ list: number[] }>('thing');
    kind.put('a', { list: [1] });
    expect(() => kind.get('a')?.list.push(2)).toThrow(TypeError);
  });
});

test('a restart keeps chats, unconfirmed updates, and the numbers already given', async () => {
  const first = await telegramSandbox({ stateFile: file() });
  await first.control('telegram/messages', { user: 42, name: 'Asha', text: 'one' });
  await first.api.sendMessage(42, 'noted');
  await first.api.setMyCommands([{ command: 'help', description: 'Help' }]);
  const before = await first.look('telegram/chats/42');
  const [update] = await first.api.getUpdates({});
  await first.close();

  const second = await telegramSandbox({ stateFile: file() });
  expect(await second.look('telegram/chats/42')).toEqual(before);
  await second.control('telegram/messages', { user: 42, text: 'two' });
  const updates = await second.api.getUpdates({});
  expect(updates[0]).toEqual(update);
  expect(updates[1]?.update_id).toBe((update?.update_id ?? 0) + 1);
  expect(updates[1]?.message?.message_id).toBe(3);
  await second.close();
});

/** The sandbox as its own process. */
const startProcess = async () => {
  const child = spawn(process.execPath, [
    join(import.meta.dirname, '../src/main.ts'),
    '--port',
    '0',
    '--state',
    file(),
  ]);
  const printed = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('SLACK_TRIAGE_CHANNEL')) resolve(text);
    });
    child.once('exit', () => reject(new Error(text)));
  });
  const value = (name: string) => new RegExp(`${name}='(.*)'`).exec(printed)?.[1] ?? '';
  const apiRoot = value('TELEGRAM_API_ROOT');
  return {
    child,
    url: apiRoot.replace('/telegram', ''),
    api: new Api(value('TELEGRAM_BOT_TOKEN'), { apiRoot }),
  };
};

test('kill -9 loses nothing that a client was told', async () => {
  const first = await startProcess();
  await fetch(`${first.url}/control/telegram/messages`, {
    method: 'POST',
    body: '{"user":42,"text":"help"}',
  });
  const [update] = await first.api.getUpdates({});
  const { message_id } = await first.api.sendMessage(42, 'noted');
  first.child.kill('SIGKILL');

  const second = await startProcess();
  expect(await second.api.getUpdates({})).toEqual([update]);
  // Telegram refuses a reply to a message that is not there.
  await second.api.sendMessage(42, 'still there', { reply_parameters: { message_id } });
  const stopped = new Promise((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await stopped).toBe(0);
});
