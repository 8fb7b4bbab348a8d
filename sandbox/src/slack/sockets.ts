import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { EmulatorDeps } from '../emulator.ts';
import type { Fault } from '../faults.ts';
import type { Alarms } from './alarms.ts';
import { ackMs } from './carrier.ts';
import type { Carrier, Receipt } from './carrier.ts';
import { app } from './identity.ts';

/** Socket Mode. `open` gives the address for one connection; a ticket is good once, for half a minute. */
export type Sockets = Carrier & {
  open(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells connections to go, as Slack does when it recycles a server; they get nothing more. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled', which: 'one' | 'all'): number;
  /** Calls back whenever a new connection can take parcels. */
  onConnected(listener: () => void): void;
  count(): number;
  close(): void;
};

const maxConnections = 10;
const ticketMs = 30_000;
const goodbyeMs = 10_000;
const pingMs = 10_000;

const ack = z.strictObject({ envelope_id: z.string(), payload: z.unknown().optional() });

export const openSockets = ({ faults, now, random, baseUrl }: EmulatorDeps, alarms: Alarms): Sockets => {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Map<string, number>();
  const open = new Set<WebSocket>();
  const leaving = new Set<WebSocket>();
  const waiting = new Map<string, { socket: WebSocket; settle: (receipt: Receipt) => void }>();
  const listeners: (() => void)[] = [];
  const lastFor = new WeakMap<object, WebSocket>();

  const stopListening = faults.listen((fault) => {
    if (fault.target !== 'slack' || fault.mode !== 'down') return;
    for (const socket of [...open, ...leaving]) if (random() < fault.rate) socket.terminate();
  });
  const pinging = setInterval(() => {
    for (const socket of open) socket.ping(`Ping from applink-sandbox (${Math.floor(now() / 1000)})`);
  }, pingMs).unref();

  const welcome = (socket: WebSocket) => {
    socket.on('error', () => socket.terminate());
    if (open.size >= maxConnections) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: host }));
      return socket.close();
    }
    open.add(socket);
    socket.on('message', (data) => {
      const read = ack.safeParse(parse(textOf(data)));
      if (!read.success) return;
      const { envelope_id, payload } = read.data;
      waiting.get(envelope_id)?.settle({ acked: true, answer: payload ?? {} });
    });
    socket.on('close', () => {
      open.delete(socket);
      leaving.delete(socket);
      for (const one of waiting.values())
        if (one.socket === socket) one.settle({ acked: false, reason: 'timeout' });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.size,
        debug_info: { ...host, build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: app.id },
      }),
    );
    for (const listener of listeners) listener();
  };

  /** Any of them, as Slack chooses; a retry takes another one than before, where there is one. */
  const choose = (payload: object) => {
    const all = [...open];
    const others = all.filter((socket) => socket !== lastFor.get(payload));
    const from = others.length > 0 ? others : all;
    return from[Math.floor(random() * from.length)];
  };

  const closing = new AbortController();
  const hang = (fault: Fault, socket: Duplex) => {
    const gone = new AbortController();
    socket.once('close', () => gone.abort()).on('error', () => socket.destroy());
    void faults.over(fault, AbortSignal.any([gone.signal, closing.signal])).then(() => socket.destroy());
  };

  return {
    ready: () => open.size > 0,
    carry({ type, payload, retry }) {
      const socket = choose(payload);
      if (!socket) return Promise.resolve({ acked: false, reason: 'connection_failed' });
      lastFor.set(payload, socket);
      const envelope_id = randomUUID();
      const retries =
        type === 'events_api' ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {};
      const accepts_response_payload = type !== 'events_api';
      return new Promise((resolve) => {
        const settle = (receipt: Receipt) => {
          cancel();
          waiting.delete(envelope_id);
          resolve(receipt);
        };
        const cancel = alarms.at(now() + ackMs, () => settle({ acked: false, reason: 'timeout' }));
        waiting.set(envelope_id, { socket, settle });
        socket.send(JSON.stringify({ envelope_id, type, accepts_response_payload, ...retries, payload }));
      });
    },
    open() {
      const ticket = randomUUID();
      tickets.set(ticket, now() + ticketMs);
      return `${baseUrl().replace(/^http/, 'ws')}/slack/link?ticket=${ticket}&app_id=${app.id}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://sandbox');
      const ticket = url.searchParams.get('ticket') ?? '';
      const goodUntil = tickets.get(ticket) ?? 0;
      tickets.delete(ticket);
      const fault = faults.strike('slack');
      if (fault?.mode === 'down') return void socket.destroy();
      if (fault?.mode === 'hang') return hang(fault, socket);
      if (url.pathname !== '/slack/link' || goodUntil < now()) return refuseUpgrade(socket);
      server.handleUpgrade(request, socket, head, welcome);
    },
    disconnect(reason, which) {
      const going = which === 'all' ? [...open] : [...open].slice(0, 1);
      for (const socket of going) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: host }));
        open.delete(socket);
        leaving.add(socket);
        alarms.at(now() + goodbyeMs, () => socket.close());
      }
      return going.length;
    },
    onConnected: (listener) => void listeners.push(listener),
    count: () => open.size,
    close() {
      clearInterval(pinging);
      stopListening();
      closing.abort();
      for (const socket of [...open, ...leaving]) socket.terminate();
      server.close();
    },
  };
};

/** Answers 403 instead of opening a socket. */
export const refuseUpgrade = (socket: Duplex): void =>
  // Who asked may be dead by now; nobody else listens for that yet.
  void socket
    .on('error', () => socket.destroy())
    .end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');

const host = { host: 'applink-sandbox' };

const textOf = (data: RawData): string =>
  Buffer.isBuffer(data)
    ? data.toString()
    : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]).toString();

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
