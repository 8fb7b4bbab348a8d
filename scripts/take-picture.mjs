/**
 * Takes the picture of the page that the README shows: starts the demo on a free port with data of its own, plays a scene
 * through the control API, and writes docs/page.png.
 *
 *   npm run picture
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../src/config.ts';
import { start } from '../src/start.ts';
import { openBrowser } from '../test/support/browser.ts';
import { shareKept } from '../test/support/kept.ts';
import { control, family, officer, until } from '../test/support/people.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'docs/page.png');
/** Learning, when nothing is kept, and a machine that has other things to do. */
const PATIENCE_MS = 300_000;

// Two of the families on the page.
const MOTHER = { user: 810_001, name: 'Sunita Devi' };
const BROTHER = { user: 810_005, name: 'Joseph Mathew' };
const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{8}\b/;
const REPLY = 'Namaste Sunita ji. Aapki baat humein mil gayi hai. Embassy ko aaj likha hai.';
const REPLY_HEARD = /Embassy ko aaj likha hai/;
const TAKE_UP = {
  door: 'embassy_moscow',
  counterpart: 'Russian Ministry of Defence, Main Directorate of Personnel',
  reference: 'MOS/CONS/2417',
};

const dataDir = mkdtempSync(join(tmpdir(), 'helpline-picture-'));
shareKept(dataDir);
const env = {
  PORT: '0',
  DATA_DIR: dataDir,
  INTENTS_DIR: join(ROOT, 'intents'),
  // Not a desk.yaml that may lie here: the people of the scene are the demo's.
  DESK_FILE: join(ROOT, 'sandbox-desk.yaml'),
  LOG_LEVEL: 'silent',
};
const running = await start(readConfig(env), env);
try {
  await until('the router', async () => (await fetch(`${running.url}/readyz`)).ok, PATIENCE_MS);
  await playScene();
  await takePicture();
  console.error(`${PICTURE}: ${Math.round(statSync(PICTURE).size / 1000)} kB`);
} finally {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/**
 * A brother cries for help and an officer takes his case. A mother writes and agrees; her case goes as far as the move that
 * waits for a second officer, and she has an answer.
 */
async function playScene() {
  const ctl = control(running.url);
  const brother = family(ctl, BROTHER.user, BROTHER.name);
  await brother.says('they are taking my brother to the front tonight, his life is in danger');
  const urgent = referenceIn((await brother.hears(REFERENCE)).text);
  const fatima = officer(ctl, 'UFATIMA');
  await fatima.presses(urgent, 'take');
  await brother.hears(/Fatima/);

  const mother = family(ctl, MOTHER.user, MOTHER.name);
  await mother.says('mera beta russia army me fas gaya hai, 2 mahine se phone nahi aaya');
  await mother.hears('d:no');
  await mother.presses('d:no');
  await mother.hears('n:agree');
  await mother.presses('n:agree');
  await mother.hears('s:russia');
  await mother.presses('s:russia');
  const reference = referenceIn((await mother.hears(REFERENCE)).text);
  await mother.hears('b:reporter_name');

  const meera = officer(ctl);
  await meera.presses(reference, 'take');
  await mother.hears(/Meera Nair/);
  await mother.says(MOTHER.name);
  await mother.hears('b:person_name');
  await move(meera, reference, { to: 'sent_to_embassy', evidence: 'Note to the Embassy, by bag' });
  await mother.hears(/Mosc/i);
  await meera.presses(reference, 'reply');
  await meera.opens('reply_form');
  await meera.submits({ language: 'hi-Latn', text: REPLY });
  await meera.opens('reply_preview');
  await meera.submits();
  await mother.hears(REPLY_HEARD);
  await meera.sees(reference, /delivered/);
  await move(meera, reference, {
    to: 'raised_with_russia',
    evidence: 'The consul, by telephone, after the meeting',
    ...TAKE_UP,
    date: new Date().toISOString().slice(0, 10),
  });
  await meera.sees(reference, /second officer/i);
}

/** @param {string | undefined} text */
function referenceIn(text) {
  const found = REFERENCE.exec(text ?? '')?.[0];
  if (found === undefined) throw new Error(`no reference in: ${text}`);
  return found;
}

/**
 * @param {ReturnType<typeof officer>} by
 * @param {string} reference
 * @param {{ to: string } & Record<string, string>} values
 */
async function move(by, reference, values) {
  await by.presses(reference, 'status');
  await by.opens('status_form');
  await by.chooses('to', values.to);
  await until('the fields of the move', async () => {
    const form = JSON.stringify((await by.modal())?.view ?? null);
    return Object.keys(values).every((field) => form.includes(`"${field}"`));
  });
  await by.submits({ ...values, tell: ['yes'] });
}

async function takePicture() {
  const browser = await openBrowser();
  if (!browser) throw new Error('No browser, no picture.');
  try {
    const page = await browser.newPage({
      viewport: { width: 1400, height: 860 },
      timezoneId: 'Asia/Kolkata',
    });
    page.setDefaultTimeout(PATIENCE_MS);
    // Seen by him who may confirm it.
    await page.addInitScript("localStorage.setItem('me', 'UARJUN')");
    await page.goto(running.url);
    await page.getByRole('article').first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: PICTURE, animations: 'disabled' });
  } finally {
    await browser.close();
  }
}
