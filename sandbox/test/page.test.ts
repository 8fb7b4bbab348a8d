import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startSandbox, type Sandbox } from '../src/sandbox.ts';
import { openBrowser } from '../../test/support/browser.ts';
import { scriptedHelpline, type ScriptedHelpline } from './support/scripted-helpline.ts';

const browser: Browser | undefined = await openBrowser();
if (!browser) console.warn('Skipped: the sandbox page in a browser');

// One visit from beginning to end: each step begins where the one before it ended.
describe.skipIf(!browser)('the sandbox page in a browser', { timeout: 30_000, shuffle: false }, () => {
  let sandbox: Sandbox;
  let helpline: ScriptedHelpline;
  let page: Page;
  const printed: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 });
    helpline = await scriptedHelpline(sandbox.env);
    const context = await browser?.newContext({ viewport: { width: 1440, height: 900 } });
    if (!context) throw new Error('no browser');
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => printed.push(message.text()));
    page.on('pageerror', (error) => printed.push(error.message));
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(sandbox.url);
  }, 30_000);

  afterAll(async () => {
    await page?.context().close();
    await browser?.close();
    helpline?.close();
    await sandbox?.close();
  });

  const slackAnswers = () =>
    fetch(`${sandbox.env['SLACK_API_URL']}auth.test`, { method: 'POST', signal: AbortSignal.timeout(500) });

  const shoot = async (name: string) => {
    const folder = process.env['SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, timeout: 25_000 });
  };

  it('an empty chat offers START', async () => {
    const start = page.getByRole('button', { name: 'START' });
    await start.waitFor();
    expect(await start.isEnabled()).toBe(true);
    await shoot('empty-chat');
  });

  it('a typed message becomes a bubble, and Shift+Enter only a new line', async () => {
    const field = page.getByLabel('Message', { exact: true });
    await field.fill('Mera bhai');
    await field.press('Shift+Enter');
    await field.pressSequentially('Russia mein hai');
    await field.press('Enter');
    await page.locator('.own .words', { hasText: 'Mera bhai\nRussia mein hai' }).waitFor();
    const update = await helpline.nextUpdate();
    expect(update.message?.text).toBe('Mera bhai\nRussia mein hai');
    expect(await field.inputValue()).toBe('');
  });

  it('text from a family is shown as text, never as markup', async () => {
    const field = page.getByLabel('Message', { exact: true });
    await field.fill('<img src=x onerror=alert(1)> <b>fett</b>');
    await field.press('Enter');
    await page.locator('.own .words', { hasText: '<b>fett</b>' }).waitFor();
    expect(await page.locator('.own .words img, .own .words b').count()).toBe(0);
    await helpline.nextUpdate();
  });

  it('a pressed button spins until the bot answers, and the answer is a toast', async () => {
    await helpline.send(810001, 'Is he in danger <b>now</b>? 🙏', [['Yes', 'No']]);
    await page.locator('.theirs strong', { hasText: 'now' }).waitFor();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.locator('.inline-button[aria-busy=true]', { hasText: 'Yes' }).waitFor();
    await shoot('pressed');
    const update = await helpline.nextUpdate();
    await helpline.answer(update.callback_query?.id ?? '', 'Noted');
    await page.locator('.toast', { hasText: 'Noted' }).waitFor();
    await page.locator('.inline-button[aria-busy=true]').waitFor({ state: 'detached' });
    expect(update.callback_query?.data).toBe('Yes');
  });

  it('another family has a chat of its own, and an answer to the first leaves an unread mark', async () => {
    await page.getByRole('button', { name: /Harpreet Kaur/ }).click();
    await page.getByRole('button', { name: 'START' }).click();
    await helpline.nextUpdate();
    expect(await page.getByText('Mera bhai').count()).toBe(0);
    await helpline.send(810001, 'For Sunita only');
    await page
      .getByRole('button', { name: /Sunita Devi/ })
      .getByRole('img', { name: 'New message' })
      .waitFor();
    expect(await page.getByText('For Sunita only').count()).toBe(0);
    await page.getByRole('button', { name: /Sunita Devi/ }).click();
    await page.getByText('For Sunita only').waitFor();
  });

  it('a modal keeps what was typed while the page redraws, shows errors, and Escape closes it', async () => {
    await page.getByRole('button', { name: 'Reply to family' }).click();
    const modal = page.getByRole('dialog', { name: 'Reply' });
    const words = modal.getByLabel('Your message');
    await modal.getByRole('button', { name: 'Send' }).click();
    await modal.getByText('Please complete this required field.').waitFor();
    await words.fill('नमस्ते, हम पढ़ रहे हैं');
    await helpline.post('Something else happens in the channel');
    await page.locator('.message', { hasText: 'Something else happens' }).waitFor();
    expect(await words.inputValue()).toBe('नमस्ते, हम पढ़ रहे हैं');
    await shoot('modal');
    for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.modal') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'detached' });
  });

  it('what an officer types is shown as Slack formats it', async () => {
    const field = page.getByLabel('Message #triage');
    await field.fill('*call* her, see https://www.mea.gov.in');
    await field.press('Enter');
    const said = page.locator('.message', { hasText: 'call her' });
    await said.locator('strong', { hasText: 'call' }).waitFor();
    expect(await said.getByRole('link').getAttribute('href')).toBe('https://www.mea.gov.in');
  });

  it('a reply that is shown in the channel too stands there, and leads to its thread', async () => {
    await helpline.post('Somebody calls for help', 'Something else happens in the channel');
    const shown = page
      .getByRole('log', { name: 'triage' })
      .getByRole('article')
      .filter({ hasText: 'Somebody calls' });
    await shown.getByRole('button', { name: 'a thread' }).click();
    const thread = page.getByRole('log', { name: 'Thread' }).getByRole('article');
    await thread.last().getByText('Somebody calls').waitFor();
    expect(await thread.allTextContents()).toEqual([
      expect.stringContaining('Something else happens'),
      expect.stringContaining('Somebody calls'),
    ]);
    await page.getByRole('button', { name: 'Close the thread' }).click();
  });

  it('a submitted form reaches the app with what was typed', async () => {
    await page.getByRole('button', { name: 'Reply to family' }).click();
    const modal = page.getByRole('dialog', { name: 'Reply' });
    await modal.getByLabel('Your message').fill('We have read it.');
    await modal.getByLabel('News').check();
    await modal.getByRole('button', { name: 'Send' }).click();
    await modal.waitFor({ state: 'detached' });
    expect(helpline.submitted.at(-1)).toMatchObject({
      words: { words: { type: 'plain_text_input', value: 'We have read it.' } },
      kind: { kind: { type: 'radio_buttons', selected_option: { value: 'news' } } },
    });
  });

  it('a guest sees nothing of the private channel', async () => {
    await page.getByRole('button', { name: /You are Meera Nair/ }).click();
    await page.getByRole('menuitemradio', { name: /Guest Gita/ }).click();
    await page.getByText('is private').waitFor();
    expect(await page.getByRole('button', { name: 'Reply to family' }).count()).toBe(0);
  });

  it('each platform can be made to hang, and let go again', async () => {
    await page.getByRole('button', { name: 'Faults' }).click();
    const hang = page.getByRole('switch', { name: /never answers/ });
    expect(await hang.allInnerTexts()).toEqual([
      'Telegram takes calls and never answers',
      'Slack takes calls and never answers',
    ]);
    await hang.last().click();
    await page.getByRole('button', { name: 'Faults: 1' }).waitFor();
    await expect(slackAnswers()).rejects.toThrow('timeout');
    await hang.last().click();
    await page.getByRole('button', { name: 'Faults', exact: true }).waitFor();
    expect((await slackAnswers()).status).toBe(200);
    await page.keyboard.press('Escape');
  });

  it('on a narrow screen one side is shown at a time', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.locator('.desk').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Desk', exact: true }).click();
    expect([await page.locator('.desk').isVisible(), await page.locator('.phone').isVisible()]).toEqual([
      true,
      false,
    ]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await page.getByRole('button', { name: 'Faults' }).isVisible()).toBe(true);
    await shoot('narrow');
  });

  it('nothing was printed, and nobody but the sandbox was asked for anything', () => {
    expect(printed).toEqual([]);
    expect([...new Set(asked)]).toEqual([sandbox.url]);
  });

  it('when the server goes away the page says so, and goes on by itself when it is back', async () => {
    await sandbox.close();
    const line = page.getByText('The sandbox has stopped answering');
    await line.waitFor();
    sandbox = await startSandbox({ port: Number(new URL(sandbox.url).port) });
    await line.waitFor({ state: 'detached' });
    expect(await page.locator('.notice').count()).toBe(0);
  });
});
