import type { Hono } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import type { Calls } from './calls.ts';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { State } from './state.ts';

/** What every emulator is given. */
export type EmulatorDeps = {
  state: State;
  faults: Faults;
  calls: Calls;
  changes: Changes;
  /** Unix milliseconds. */
  now: () => number;
  /** 0 ≤ x < 1 */
  random: () => number;
  /** `http://127.0.0.1:8080`, no trailing slash; known once the server listens. */
  baseUrl: () => string;
};

/** A Hono app on Node's own server: `c.env.incoming` and `c.env.outgoing` are Node's. */
export type SandboxApp = Hono<{ Bindings: HttpBindings }>;

export type Emulator = {
  /** What the platform's clients talk to. */
  api: SandboxApp;
  /** What people do there, under `/control/<platform>`. */
  control: SandboxApp;
  close(): void | Promise<void>;
};
