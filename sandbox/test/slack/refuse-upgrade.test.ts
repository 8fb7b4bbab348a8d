import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { refuseUpgrade } from '../../src/slack/sockets.ts';

test('a client that is killed while its connection is refused takes nothing with it', () => {
  const socket = new PassThrough();
  refuseUpgrade(socket);
  expect(() => socket.emit('error', new Error('read ECONNRESET'))).not.toThrow();
  expect(socket.destroyed).toBe(true);
});
