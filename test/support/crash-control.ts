import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Control } from './people.ts';

/**
 * The control API, with a connection for each call: a kept one may be closed by the sandbox at the moment when it is used
 * again, and then nobody knows whether the family has spoken.
 */
export function controlByConnection(url: string): Control {
  const call = async (method: string, path: string, body?: unknown) => {
    // The control API is ours: its shapes are those of views.ts.
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof JSON.parse>>();
    const asked = request(`${url}/control/${path}`, {
      method,
      agent: false,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
    });
    asked.once('error', reject).once('response', (response) => {
      json(response).then(
        (answer) =>
          response.statusCode === 200
            ? resolve(answer)
            : reject(new Error(`${path}: ${JSON.stringify(answer)}`)),
        reject,
      );
    });
    asked.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  };
  return {
    url,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    calls: (target) => call('GET', `calls?target=${target}`),
  };
}
