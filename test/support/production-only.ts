import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * For `node --import`: nothing can be imported that `npm ci --omit=dev` leaves out, and nothing of the sandbox, as on a
 * machine where only the real thing is installed.
 */
const root = new URL('../../', import.meta.url);
const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
  readFileSync(new URL('package-lock.json', root), 'utf8'),
);
const absent = Object.entries(lock.packages)
  .filter(([path, { dev }]) => dev === true && path.startsWith('node_modules/'))
  .map(([path]) => `/${path}/`);

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const missing =
      found.url.startsWith(new URL('sandbox/', root).href) || absent.some((path) => found.url.includes(path));
    if (!missing) return found;
    throw Object.assign(new Error(`Cannot find '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
