import { describe, expect, it } from 'vitest';
import { pageFiles } from '../src/page-files.ts';

const app = pageFiles();

describe('the sandbox page’s files', () => {
  it('the page allows nothing from elsewhere and no inline script but its import map', async () => {
    const response = await app.request('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]{44}';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(await response.text()).not.toMatch(/https?:\/\//);
  });

  it('everything that the page names is served with its type', async () => {
    const page = await (await app.request('/')).text();
    const named = [...page.matchAll(/"(\/(?:page|vendor|fonts)\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(8);
    for (const path of named) {
      const response = await app.request(path);
      expect([path, response.status]).toEqual([path, 200]);
      expect(response.headers.get('content-type')).toMatch(
        path.endsWith('.css') ? /^text\/css/ : path.endsWith('.svg') ? /^image\/svg/ : /^text\/javascript/,
      );
    }
  });

  it('every font face has a range and a file that is there', async () => {
    const sheet = await (await app.request('/fonts/fonts.css')).text();
    const faces = sheet.match(/@font-face\s*\{[^}]*\}/g) ?? [];
    expect(faces.length).toBeGreaterThan(20);
    for (const face of faces) {
      const url = /url\((\/fonts\/[^)]+)\)/.exec(face)?.[1] ?? '';
      expect(face).toContain('unicode-range');
      const response = await app.request(url);
      expect([url, response.status, response.headers.get('content-type')]).toEqual([url, 200, 'font/woff2']);
    }
  });

  it('an unchanged file is not sent twice', async () => {
    const etag = (await app.request('/page/main.js')).headers.get('etag') ?? '';
    const again = await app.request('/page/main.js', { headers: { 'If-None-Match': etag } });
    expect([etag.length > 2, again.status, await again.text()]).toEqual([true, 304, '']);
  });

  it('nothing outside the page’s own folder and packages can be asked for', async () => {
    for (const path of [
      '/page/..%2fsandbox.ts',
      '/page/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
      '/page/block-kit.ts',
      '/vendor/..%2fpackage.json',
      '/vendor/__proto__',
      '/vendor/constructor',
      '/page/__proto__',
      '/fonts/__proto__/constructor',
      '/fonts/noto-sans/..%2fpackage.json',
      '/fonts/..%2f..%2fpreact/package.json',
      '/fonts/noto-sans/nothing.woff2',
    ])
      expect([path, (await app.request(path)).status]).toEqual([path, 404]);
  });
});
