import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** Begins the code of an error that struck before a byte of the request could be sent. */
export const neverConnected = 'never-connected';

const connectTimeoutMs = 5_000;
/** Shorter than any server's: a kept connection that the server has just closed would leave a send's fate unknown. */
const idleTimeoutMs = 15_000;

/**
 * Keeps connections to one server and tells two failures apart that decide whether a message may be sent again: what
 * fails before the connection (TLS included) stands gets the code `never-connected.<code>`.
 */
export function connectionTo(apiRoot: string, patienceMs = connectTimeoutMs): http.Agent {
  const secure = apiRoot.startsWith('https:');
  const agent = new (secure ? https : http).Agent({ keepAlive: true, timeout: idleTimeoutMs });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) markUntilReady(socket, secure ? 'secureConnect' : 'connect', patienceMs);
    return socket;
  };
  return agent;
}

function mark(error: Error & { code?: string }): void {
  error.code = `${neverConnected}.${error.code ?? error.name}`;
}

function markUntilReady(socket: Duplex, ready: string, patienceMs: number): void {
  const patience = setTimeout(
    () => socket.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })),
    patienceMs,
  );
  socket.once('error', mark);
  socket.once(ready, () => {
    clearTimeout(patience);
    socket.off('error', mark);
  });
  socket.once('close', () => clearTimeout(patience));
}
