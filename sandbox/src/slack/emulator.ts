import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Emulator, EmulatorDeps } from '../emulator.ts';
import { openActs } from './acts.ts';
import { openAlarms } from './alarms.ts';
import type { Carrier } from './carrier.ts';
import { slackControl } from './control.ts';
import { openHttpCarrier } from './http-carrier.ts';
import { openInteractions } from './interactions.ts';
import { openMembership } from './membership.ts';
import { openSockets } from './sockets.ts';
import { slackWebApi } from './web-api.ts';
import { openWorkspace } from './workspace.ts';

/** An emulated Slack: one workspace, one app, and the people in it. */
export const slackEmulator = (
  deps: EmulatorDeps,
): Emulator & { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void } => {
  const alarms = openAlarms(deps.now);
  const sockets = openSockets(deps, alarms);
  const http = openHttpCarrier(deps, alarms);
  const carrier = (): Carrier => (http.url() === null ? sockets : http);
  const workspace = openWorkspace(deps, alarms, carrier);
  sockets.onConnected(() => workspace.events.resume());
  const acts = openActs(workspace, openInteractions(workspace, carrier));
  let limited = true;
  return {
    api: slackWebApi(deps, workspace, sockets, () => limited),
    control: slackControl({
      workspace,
      membership: openMembership(deps, workspace),
      acts,
      sockets,
      http,
      setLimited: (on) => void (limited = on),
    }),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    close() {
      workspace.events.close();
      alarms.close();
      sockets.close();
    },
  };
};
