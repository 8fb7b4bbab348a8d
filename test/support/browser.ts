import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** A headless browser, or undefined where none can start: the package's own on Linux x64, an installed Chrome elsewhere. */
export const openBrowser = async (): Promise<Browser | undefined> => {
  const own = process.platform === 'linux' && process.arch === 'x64';
  try {
    return await (own
      ? playwright.launch({
          args: chromium.args,
          executablePath: await chromium.executablePath(),
          headless: true,
        })
      : playwright.launch({ channel: 'chrome', headless: true }));
  } catch (error) {
    console.warn(
      `No browser can start here: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
    );
    return undefined;
  }
};
