import { Hono } from 'hono';
import type { Emulator, EmulatorDeps } from '../emulator.ts';

/** An emulated Telegram Bot API: one bot, and the people who write to it. */
export const telegramEmulator = (_deps: EmulatorDeps): Emulator => ({
  api: new Hono(),
  control: new Hono(),
  close() {},
});
