import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { Hono, type Context } from 'hono';
import { fontFile, fontSheet } from './page-fonts.ts';

const require = createRequire(import.meta.url);
const pageFolder = join(import.meta.dirname, 'page');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** What index.html's import map names; both packages ship these as plain ES modules. */
const vendor = new Map(
  Object.entries({
    'preact.js': join(dirname(require.resolve('preact')), 'preact.module.js'),
    'hooks.js': join(dirname(require.resolve('preact/hooks')), 'hooks.module.js'),
    'htm.js': join(dirname(require.resolve('htm')), 'htm.module.js'),
    'htm-preact.js': join(dirname(require.resolve('htm/preact')), 'index.module.js'),
  }),
);

/** The sandbox's page: `/`, `/page/*`, `/vendor/*`, `/fonts/*`. Nothing comes from the internet, and nothing else is served. */
export function pageFiles(): Hono {
  const app = new Hono();
  const index = readFileSync(join(pageFolder, 'index.html'), 'utf8');
  const policy = contentPolicy(index);
  const names = new Set(readdirSync(pageFolder).filter((name) => extname(name) in types));
  const sheet = fontSheet();

  app.get('/', (c) => {
    c.header('Content-Security-Policy', policy);
    c.header('Referrer-Policy', 'no-referrer');
    return answer(c, '.html', index);
  });
  app.get('/page/:name', async (c) => {
    const name = c.req.param('name');
    return names.has(name)
      ? answer(c, extname(name), await readFile(join(pageFolder, name), 'utf8'))
      : c.notFound();
  });
  app.get('/vendor/:name', async (c) => {
    const file = vendor.get(c.req.param('name'));
    // Their source maps are not served, so the line that names them would only make a browser ask in vain.
    const text = file && (await readFile(file, 'utf8')).replace(/\n\/\/# sourceMappingURL=.*/, '');
    return text ? answer(c, '.js', text) : c.notFound();
  });
  app.get('/fonts/fonts.css', (c) => answer(c, '.css', sheet));
  app.get('/fonts/:family/:file', async (c) => {
    const file = fontFile(c.req.param('family'), c.req.param('file'));
    const bytes = file && (await readFile(file).catch(() => undefined));
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'font/woff2',
      'Cache-Control': 'public, max-age=604800',
      'X-Content-Type-Options': 'nosniff',
    });
  });
  return app;
}

function answer(c: Context, extension: string, body: string): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  c.header('ETag', etag);
  c.header('Cache-Control', 'no-cache');
  c.header('X-Content-Type-Options', 'nosniff');
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  c.header('Content-Type', types[extension] ?? 'application/octet-stream');
  return c.body(body);
}

/** The import map is the only inline script, allowed by its own hash. */
function contentPolicy(index: string): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(index)?.[1];
  if (map === undefined) throw new Error('index.html has no import map');
  const hash = createHash('sha256').update(map).digest('base64');
  return [
    `default-src 'none'`,
    `script-src 'self' 'sha256-${hash}'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
