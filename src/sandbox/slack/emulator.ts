import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Hono } from 'hono';
import type { Emulator, EmulatorDeps } from '../emulator.ts';

/** An emulated Slack: one workspace, one app, and the people in it. */
export const slackEmulator = (
  _deps: EmulatorDeps,
): Emulator & { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void } => ({
  api: new Hono(),
  control: new Hono(),
  upgrade: (_request, socket) => void socket.destroy(),
  close() {},
});
