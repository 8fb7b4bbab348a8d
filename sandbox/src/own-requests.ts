import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** The sentence with which a request is refused, or undefined when the sandbox may serve it. */
export type Guard = (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>) => string | undefined;

const everywhere = ['0.0.0.0', '::'];
const here = ['127.0.0.1', '::1', 'localhost'];

/**
 * Nothing here has a password that is a secret, so a page of another site must not reach it through the browser of
 * somebody who runs it: not by its address (Origin), and not by a name of its own that it points here (Host).
 * `host` is what the sandbox listens on.
 */
export const guardFor = (host: string): Guard => {
  const open = everywhere.includes(host);
  const given = [...(open || here.includes(host) ? here : []), host, ...(open ? [hostname()] : [])];
  const names = new Set(given.map((name) => name.toLowerCase()));
  // Another site can choose a name, never an address: addresses are safe where any may be the sandbox's own.
  const isOwn = (name: string): boolean => names.has(name.toLowerCase()) || (open && isIP(name) !== 0);
  return ({ method = 'GET', url = '/', headers }) => {
    const name = nameIn(headers.host);
    if (name === undefined || !isOwn(name)) return 'The sandbox answers only to its own address.';
    const looks = method === 'GET' && url.split('?')[0] === '/';
    // Another site may have a link to the page, and nothing else.
    if (isForeign(headers) && !looks)
      return 'From a browser only the page of the sandbox itself may do this.';
    return undefined;
  };
};

/** The name of a Host header without its port, which a tunnel may change; undefined when it is no plain name. */
const nameIn = (header: string | undefined): string | undefined =>
  /^(?:\[([0-9a-f:.]+)\]|([^\s:@/?#[\]]+))(?::\d+)?$/i
    .exec(header ?? '')
    ?.slice(1)
    .find((name) => name !== undefined);

const isForeign = ({ origin, host, 'sec-fetch-site': site }: IncomingMessage['headers']): boolean =>
  (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) ||
  (site !== undefined && site !== 'same-origin' && site !== 'none');
