import { expect, it } from 'vitest';
import { openLog } from '../src/log.ts';

function opened(level: string) {
  const lines: string[] = [];
  const leaks = { caught: 0 };
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, leaks, log: openLog({ level, destination, leaks }) };
}

it.each([
  ['a bot token', '123456789:AAH-abcdefghijklmnopqrstuvwxyz01234567'],
  ['a Slack token', 'xoxb-12345-abcdefghij'],
  ['a phone number', '+91 98765 43210'],
  ['a phone number without spaces', 'call 919876543210.'],
  ['a passport number', 'Z1234567'],
])('%s that gets into the log is masked and counted', (_name, secret) => {
  const { log, lines, leaks } = opened('debug');
  log('http-failed', { why: `x ${secret} y` });
  expect(lines.join('')).toContain('[masked]');
  expect(lines.join('')).not.toContain(secret);
  expect(leaks.caught).toBe(1);
});

it('our own ids and the keys of platforms are no leak, however many digits stand in a row', () => {
  const { log, lines, leaks } = opened('debug');
  log('desk-acted', { caseId: 'a12345678901234567890123456789bc', kind: 'take', ms: 12 });
  log('entry-retry', { source: 'slack', key: '13345224609.738474920123.8088930838d88f008e0', attempt: 3 });
  log('entry-retry', { source: 'telegram', key: '2147483646', attempt: 3 });
  expect(leaks.caught).toBe(0);
  expect(lines.join('')).not.toContain('masked');
});

it('a line has its event and fields and nothing of the machine', () => {
  const { log, lines } = opened('info');
  log('swept', { count: 2 });
  log('decided', { chatId: 'x' });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 30,
    time: expect.any(String),
    event: 'swept',
    count: 2,
  });
});
