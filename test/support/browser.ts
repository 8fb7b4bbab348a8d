import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** A headless browser, or undefined where none can start: the package's own on Linux x64, an installed Chrome elsewhere. */
export const openBrowser = async (): Promise<Browser | undefined> => {
  const own = process.platform === 'linux' && process.arch === 'x64';
  try {
    return await (own ? openOwn() : playwright.launch({ channel: 'chrome', headless: true }));
  } catch (error) {
    console.warn(
      `No browser can start here: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
    );
    return undefined;
  }
};

async function openOwn(): Promise<Browser> {
  const executablePath = await chromium.executablePath();
  const launch = (env: Record<string, string | undefined>): Promise<Browser> =>
    playwright.launch({
      args: chromium.args,
      executablePath,
      headless: true,
      env: { ...process.env, ...env },
    });
  try {
    return await launch({});
  } catch {
    // A bare machine lacks the NSS libraries; the package brings them along, but unpacks them on one cloud only.
    const bin = join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '../../bin');
    return launch({ LD_LIBRARY_PATH: join(await inflate(join(bin, 'al2023.tar.br')), 'lib') });
  }
}
