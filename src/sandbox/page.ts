import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { join } from 'node:path';
import type { SandboxApp } from './emulator.ts';

const ownFiles = join(import.meta.dirname, 'page');
const packages = join(import.meta.dirname, '../../node_modules');
const served = ['preact', 'htm', '@fontsource'];

/** The page that shows both sides: `/` and `/page/*` from src/sandbox/page, `/packages/<name>/*` from a few kept packages. */
export const sandboxPage = (): SandboxApp => {
  const app: SandboxApp = new Hono();
  app.get('/', serveStatic({ root: ownFiles, path: 'index.html' }));
  app.get(
    '/page/*',
    serveStatic({ root: ownFiles, rewriteRequestPath: (path) => path.slice('/page'.length) }),
  );
  for (const name of served) {
    app.get(
      `/packages/${name}/*`,
      serveStatic({ root: packages, rewriteRequestPath: (path) => path.slice('/packages'.length) }),
    );
  }
  return app;
};
