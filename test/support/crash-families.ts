import { setTimeout as pause } from 'node:timers/promises';
import { family, until, type Control } from './people.ts';

/** What a family said and Telegram took: the words, and the file that came with them. */
export type Said = { text: string; file: 'photo' | 'voice' | null };

export type Families = {
  begin: () => void;
  /** Nobody writes any more; what was begun is finished. */
  end: () => Promise<void>;
  /** By Telegram user. */
  sent: Map<number, Said[]>;
  /** Who was never answered. */
  faults: string[];
};

export const FAMILIES = 12;
export const FIRST_USER = 7000;
/** They cry for help and have agreed to nothing; the others have agreed to everything. */
export const criesForHelp = (user: number): boolean => user % 2 === 0;

/** However often it dies, it is there again within seconds: whoever has waited so long was forgotten. */
export const LONGEST_SILENCE_MS = 180_000;

/** Families who write and send files while the helpline dies and comes back; what was delivered is delivered again, backwards too. */
export function families(ctl: Control): Families {
  const sent = new Map<number, Said[]>();
  const faults: string[] = [];
  const state = { running: false };
  let work: Promise<unknown> = Promise.resolve();

  async function one(user: number): Promise<void> {
    const person = family(ctl, user, `Family ${user}`);
    const said: Said[] = [];
    sent.set(user, said);
    const say = async (text: string): Promise<void> => {
      await person.says(text);
      said.push({ text, file: null });
    };
    const send = async (file: 'photo' | 'voice', caption: string): Promise<void> => {
      await person.sends({ [file]: { caption } });
      said.push({ text: caption, file });
    };
    const sees = (what: string, test: (text: string, buttons: (string | undefined)[]) => boolean) =>
      until(
        `${user}: ${what}`,
        async () =>
          (await person.bubbles()).some(({ text = '', buttons = [] }) =>
            test(
              text,
              buttons.flat().map((button) => button.callback_data),
            ),
          ),
        LONGEST_SILENCE_MS,
      );
    if (criesForHelp(user)) await say(`URGENT he is in danger right now, marker ${user}-0`);
    else {
      await say(`my brother is stuck in the russian army please help, marker ${user}-0`);
      for (const press of ['d:no', 'n:agree', 's:all']) {
        await sees(press, (_, buttons) => buttons.includes(press));
        await person.presses(press);
      }
      await sees('the case', (text) => /request is recorded/.test(text));
      await person.says('/cancel');
    }
    for (let n = 1; state.running; n += 1) {
      if (n % 4 === 1) await send('photo', `his contract, marker ${user}-${n}`);
      else if (n % 4 === 3) await send('voice', `what he said, marker ${user}-${n}`);
      else await say(`we have more news about him now, marker ${user}-${n}`);
      await pause(1_500 + Math.random() * 2_000);
    }
  }

  async function storm(): Promise<void> {
    while (state.running) {
      const order = Math.random() < 0.5 ? 'reversed' : 'same';
      await ctl
        .post('telegram/replay', { last: 1 + Math.floor(Math.random() * 10), order })
        .catch(() => undefined);
      await pause(400);
    }
  }
  const gaveUp = (error: unknown): void =>
    void faults.push(error instanceof Error ? error.message : String(error));
  return {
    sent,
    faults,
    begin() {
      state.running = true;
      const all = Array.from({ length: FAMILIES }, (_, n) => one(FIRST_USER + n).catch(gaveUp));
      work = Promise.all([storm(), ...all]);
    },
    async end() {
      state.running = false;
      await work;
    },
  };
}
