import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from './support/browser.ts';
import { helplineBesideSandbox, referenceIn } from './support/journey.ts';
import { until } from './support/people.ts';

const browser: Browser | undefined = await openBrowser();
if (!browser) console.warn('SKIPPED: the journey in a browser');

/** On a machine that builds something else beside. */
const PATIENT_MS = 120_000;

const CRY = 'mera beta russia army me fas gaya hai, 2 mahine se phone nahi aaya';
const SON = 'Rohit Kumar';
const REPLY = 'Namaste Sunita ji. Aapki baat humein mil gayi hai. Embassy ko aaj likha hai.';

// A story told in order: each part begins where the one before it ended.
describe.skipIf(!browser)('the whole story, by what stands on the screen', { shuffle: false }, () => {
  let house: Awaited<ReturnType<typeof helplineBesideSandbox>>;
  let page: Page;
  let reference = '';
  const printed: string[] = [];

  beforeAll(async () => {
    house = await helplineBesideSandbox(null);
    const context = await browser?.newContext({ viewport: { width: 1440, height: 900 } });
    if (!context) throw new Error('no browser');
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => printed.push(message.text()));
    page.on('pageerror', (error) => printed.push(error.message));
    await page.goto(house.sandbox.url);
  });

  afterAll(async () => {
    await page?.context().close();
    await browser?.close();
    await house?.close();
  });

  /** A picture of the moment, for a person to look at, in the folder that SHOTS names. */
  const shoot = async (name: string) => {
    const folder = process.env['SHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/journey-${name}.png`, timeout: 20_000 });
  };

  // The left side: the mother's phone.
  const phone = () => page.getByRole('region', { name: 'Families on Telegram' });
  const chat = () => phone().getByRole('log');
  const say = async (words: string) => {
    const field = phone().getByLabel('Message', { exact: true });
    await field.pressSequentially(words);
    await field.press('Enter');
  };
  /** The newest message with this text; the buttons under it stand in the same list item. */
  const heard = async (text: string | RegExp): Promise<Locator> => {
    const item = chat().getByRole('listitem').filter({ hasText: text }).last();
    await item.waitFor();
    return item;
  };
  const tap = async (question: string | RegExp, label: string) =>
    (await heard(question)).getByRole('button', { name: label, exact: true }).click();

  // The right side: Slack.
  const desk = () => page.getByRole('region', { name: 'The desk in Slack' });
  const card = () =>
    desk().getByRole('log', { name: 'triage' }).getByRole('article').filter({ hasText: reference });
  const press = (label: string) => card().getByRole('button', { name: label, exact: true }).click();
  const form = (title: string) => page.getByRole('dialog', { name: title });

  test('a mother writes, agrees and fills in the form', { timeout: PATIENT_MS }, async () => {
    await phone()
      .getByRole('button', { name: /Sunita Devi/ })
      .click();
    await say(CRY);
    await tap('koi khatre mein hai?', 'Nahi');
    await heard('end-to-end');
    await shoot('notice');
    expect(await desk().getByRole('article').count(), 'nothing before consent').toBe(0);
    await tap('end-to-end', 'Haan, manzoor hai');
    await tap('kise bata sakta hai?', 'Embassy aur Ministry');
    const opened = await heard('Aapki baat darj ho gayi hai');
    reference = referenceIn((await opened.textContent()) ?? '');

    expect(await (await heard('Aapka naam kya hai?')).textContent()).toMatch(/Maa ya pita.*Russia/s);
    await shoot('read-back');
    await say('Sunita Devi');
    await heard('poora naam kya hai?');
    await say(SON);
    await answerTheRest();
    const summary = await heard('Kya yeh sahi hai?');
    await shoot('summary');
    expect(await summary.textContent(), 'names are masked').not.toContain(SON);
    await tap('Kya yeh sahi hai?', 'Bhej dein');
    expect(await (await heard('Dhanyavaad')).textContent()).toContain(reference);
  });

  /** Whatever the form asks after the country: typed where words are asked for, pressed where buttons are offered. */
  async function answerTheRest(): Promise<void> {
    const answers: [RegExp, () => Promise<void>][] = [
      [/Kya yeh sahi hai\?/, async () => {}],
      [/kis sheher ya ilaake/, () => say('rostov ke paas')],
    ];
    let answered = '';
    for (let asked = 0; asked < 15; asked += 1) {
      const item = await until(
        `the question after ${answered}`,
        async () => {
          const id = (await chat().getByRole('listitem').last().getAttribute('id')) ?? '';
          // By its id: while it is read and pressed, another message may become the last one.
          const question = chat().locator(`[id="${id}"]`);
          const buttons = question.getByRole('button').filter({ hasText: /\S/ });
          return id !== answered && (await buttons.count()) > 0 && { question, id, buttons };
        },
        45_000,
      );
      const words = (await item.question.textContent()) ?? '';
      if (words.includes('Kya yeh sahi hai?')) return;
      answered = item.id;
      const typed = answers.find(([question]) => question.test(words));
      if (typed) await typed[1]();
      else {
        const way = item.buttons.filter({ hasText: /^(Pata nahi|Bas, itna hi|Chhod dein)$/ });
        await ((await way.count()) > 0 ? way.first() : item.buttons.first()).click();
      }
    }
    throw new Error('the form does not end');
  }

  test('an officer takes the case, reads it and answers', { timeout: PATIENT_MS }, async () => {
    await card().waitFor();
    await shoot('card');
    const shown = (await card().textContent()) ?? '';
    for (const personal of ['Sunita', SON, 'rostov', CRY]) expect(shown).not.toContain(personal);
    await press('Take');
    await card().getByText('Meera Nair').waitFor();
    await heard(/Meera Nair/);

    await press('Details');
    await form('Details').getByText(CRY).waitFor();
    for (const told of ['Sunita Devi', SON, 'rostov ke paas'])
      expect(await form('Details').textContent()).toContain(told);
    await shoot('details');
    await form('Details').getByRole('button', { name: 'Close' }).last().click();
    await form('Details').waitFor({ state: 'detached' });

    await press('Reply');
    await form('Answer the family').getByRole('textbox', { name: 'Your answer' }).fill(REPLY);
    await shoot('reply');
    await form('Answer the family').getByRole('button', { name: 'Preview' }).click();
    const preview = form('Is this right?');
    await preview.getByText(REPLY).waitFor();
    expect(await chat().getByText(REPLY).count(), 'nothing is sent before it was seen').toBe(0);
    await shoot('preview');
    await preview.getByRole('button', { name: 'Send' }).click();
    await preview.waitFor({ state: 'detached' });
    const answer = (await (await heard(REPLY)).textContent()) ?? '';
    expect(answer).toContain(reference);
    expect(answer).toContain('Meera Nair');

    await card()
      .getByRole('button', { name: /View thread/ })
      .click();
    await desk()
      .getByRole('log', { name: 'Thread' })
      .getByText(/was delivered/)
      .waitFor();
    await shoot('delivered');
    await desk().getByRole('button', { name: 'Close the thread' }).click();
  });

  test('she asks, and asks for the status', { timeout: PATIENT_MS }, async () => {
    await say('passport agent ke paas hai kya kare');
    const advice = (await (await heard('Kahan se:')).textContent()) ?? '';
    expect(advice).toMatch(/passport/i);
    expect(advice, 'source and date').toMatch(/Kahan se: .*20\d\d/);
    await shoot('answer');
    await say('/status');
    const status = (await (await heard('Kiske paas:')).textContent()) ?? '';
    expect(status).toContain(reference);
    expect(status).toContain('Meera Nair');
  });

  test('an officer sets the status, and she is told', { timeout: PATIENT_MS }, async () => {
    await press('Status');
    const statuses = form('Status');
    await statuses.getByLabel('Sent to the Embassy in Moscow').check();
    expect(await statuses.getByLabel('Raised with Russia').count(), 'only allowed moves').toBe(0);
    // The form grows by what this status asks for; a press while it moves would miss the button.
    await statuses.getByLabel('Send them the standard sentence for this status').waitFor();
    await statuses.getByRole('button', { name: 'Set' }).click();
    await statuses.getByText('Please complete this required field.').waitFor();
    await statuses.getByLabel('How do we know?').fill('Note sent by bag');
    await statuses.getByLabel('Send them the standard sentence for this status').check();
    await shoot('status');
    await statuses.getByRole('button', { name: 'Set' }).click();
    await statuses.waitFor({ state: 'detached' });
    await card().getByText('Sent to the Embassy in Moscow').waitFor();
    await heard('Moscow mein India ki Embassy ko bheja gaya hai');
    expect(await card().count(), 'one card, whatever happened').toBe(1);
    await shoot('end');
    expect(printed, 'nothing was printed').toEqual([]);
  });
});
