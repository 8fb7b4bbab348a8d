import { setTimeout as pause } from 'node:timers/promises';
import { criesForHelp, FAMILIES, FIRST_USER, LONGEST_SILENCE_MS } from './crash-families.ts';
import { family, officer, until, type Control } from './people.ts';

/** What an officer did and Slack showed as done. `marker` is in the words that were typed, and in no other marker. */
export type Deed = {
  user: number;
  by: string;
  what: 'note' | 'reply' | 'priority' | 'need_info' | 'sent_to_embassy' | 'raised_with_russia' | 'confirm';
  marker: string;
};

export type Officers = {
  begin: () => void;
  /** Nothing new is begun; what each case needs is done to its end. */
  end: () => Promise<void>;
  done: Deed[];
  /** Cases that they took, by Telegram user. */
  took: Set<number>;
  /** What an officer was told that was not so. */
  faults: string[];
  /** How often something had to be sent off again because no answer came: each may have been done the first time. */
  sentAgain: () => number;
};

const OFFICERS = ['UMEERA', 'UARJUN', 'UFATIMA'];
/** Nobody takes every fourth case: the desk must be called again for those that cry for help. */
export const isLeftUntaken = (user: number): boolean => user % 4 === 2;

type Outcome = { ok: boolean; errors?: Record<string, string> };

/** Officers who take, answer, note, move and confirm while the helpline dies, pressing again whenever no answer came. */
export function officers(ctl: Control): Officers {
  const done: Deed[] = [];
  const took = new Set<number>();
  const faults: string[] = [];
  const state = { running: false };
  const people = new Map(OFFICERS.map((id) => [id, officer(ctl, id)]));
  const busy = new Map<string, Promise<void>>();
  let again = 0;
  let work: Promise<unknown> = Promise.resolve();

  const personOf = (id: string) => people.get(id) ?? officer(ctl, id);

  /** One person does one thing at a time. */
  function alone(id: string, act: () => Promise<void>): Promise<void> {
    const next = (busy.get(id) ?? Promise.resolve()).then(act);
    busy.set(id, next);
    return next;
  }

  const press = (id: string, ts: string, action: string, value?: string): Promise<Outcome> =>
    ctl
      .post<Outcome>('slack/presses', {
        user: id,
        channel: 'triage',
        ts,
        action_id: action,
        ...(value === undefined ? {} : { value }),
      })
      // The card does not show this button, or not yet.
      .catch(() => ({ ok: false }));

  /** Presses until the form is there; nothing is changed by that. */
  async function opened(id: string, form: string, ts: string, action: string, value?: string): Promise<void> {
    for (;;) {
      if ((await press(id, ts, action, value)).ok && (await personOf(id).modal())?.callback_id === form)
        return;
      await pause(100 + Math.random() * 200);
    }
  }

  /** Sends the form off until it is answered. False when it is refused. */
  async function sendOff(
    id: string,
    values: Record<string, unknown>,
  ): Promise<'first' | 'again' | 'refused'> {
    for (let tries = 0; ; tries += 1) {
      const { ok, errors } = await personOf(id).submits(values);
      if (ok) return tries === 0 ? 'first' : 'again';
      if (errors) {
        faults.push(`${id} was refused: ${JSON.stringify([values, errors])}`);
        await personOf(id).closes();
        return 'refused';
      }
      again += 1;
      await pause(100 + Math.random() * 200);
    }
  }

  /** What a window that replaced the form says; null when it has closed. */
  async function notice(id: string): Promise<string | null> {
    const open = await personOf(id).modal();
    if (!open) return null;
    await ctl.post(`slack/views/${id}/close`, { all: true });
    return JSON.stringify(open.view['blocks']);
  }

  const fill =
    (deed: Deed, wanted: RegExp | null, form: string, values: Record<string, unknown>) =>
    (ts: string, action: string, value?: string): Promise<void> =>
      alone(deed.by, async () => {
        await opened(deed.by, form, ts, action, value);
        const { to } = values;
        if (typeof to === 'string')
          while (!JSON.stringify((await personOf(deed.by).modal())?.view).includes('"tell"'))
            await personOf(deed.by)
              .chooses('to', to)
              .catch(() => pause(200));
        let result = await sendOff(deed.by, values);
        if (result === 'refused') return;
        if (form === 'reply_form') result = await sendOff(deed.by, {});
        const shown = await notice(deed.by);
        // Sent off again, the form that was done before only closes.
        const isRight = shown === null ? wanted === null || result === 'again' : wanted?.test(shown) === true;
        if (!isRight)
          faults.push(`${deed.by}, ${deed.what} ${deed.marker} (${result}): ${shown ?? 'closed'}`);
        done.push(deed);
      });

  async function handle(user: number): Promise<void> {
    const { caseId, ts } = await cardOf(user);
    await takeTogether(user, ts);
    let count = 0;
    const deed = (what: Deed['what'], by = anybody()): Deed => ({
      user,
      by,
      what,
      marker: `${what} marker ${user}-${(count += 1)}.`,
    });
    const note = (one = deed('note')) =>
      fill(one, null, 'note_form', { text: one.marker })(ts, 'more', `note|${caseId}`);
    const reply = (one = deed('reply')) => fill(one, null, 'reply_form', { text: one.marker })(ts, 'reply');
    const move = (one: Deed, more: Record<string, unknown>, wanted: RegExp | null = null) =>
      fill(one, wanted, 'status_form', { to: one.what, evidence: one.marker, ...more })(ts, 'status');
    await note();
    await reply();
    if (!criesForHelp(user)) {
      await fill(deed('priority'), null, 'priority_form', { priority_choice: 'P1' })(
        ts,
        'more',
        `priority|${caseId}`,
      );
      await move(deed('need_info'), { tell: ['yes'] });
      await move(deed('sent_to_embassy'), {});
      const asked = deed('raised_with_russia');
      const takeUp = {
        door: 'embassy_moscow',
        counterpart: 'Consular department',
        date: '2026-01-15',
        reference: asked.marker,
      };
      await move(asked, takeUp, /Nothing has changed yet/);
      await fill(deed('confirm', anybody(asked.by)), null, 'second_form', {})(ts, 'second');
    }
    while (state.running) {
      await (Math.random() < 0.5 ? note() : reply());
      await pause(500 + Math.random() * 1_000);
    }
  }

  /** All press Take at the same moment, until one of them has an answer. */
  async function takeTogether(user: number, ts: string): Promise<void> {
    took.add(user);
    for (;;) {
      const outcomes = await Promise.all(OFFICERS.map((id) => press(id, ts, 'take')));
      if (outcomes.some(({ ok }) => ok)) return;
      again += outcomes.length;
      await pause(100 + Math.random() * 200);
      if (JSON.stringify(await messageAt(ts)).includes('release|')) return;
    }
  }

  const messageAt = async (ts: string) =>
    (await personOf('UMEERA').triage()).find((message) => message.ts === ts);

  /** The card of the case whose reference the family was told. */
  const cardOf = (user: number) =>
    until(
      `the card of ${user}`,
      async () => {
        await pause(300);
        const told = (await family(ctl, user, `Family ${user}`).bubbles()).flatMap(({ text = '' }) =>
          [...text.matchAll(/\b[0-9A-HJKMNP-TV-Z]{8}\b/g)].map(([reference]) => reference),
        );
        if (told.length === 0) return null;
        const card = (await personOf('UMEERA').triage()).find(({ metadata }) =>
          told.includes(String(metadata?.event_payload['reference'])),
        );
        return card && { ts: card.ts, caseId: String(card.metadata?.event_payload['case_id']) };
      },
      2 * LONGEST_SILENCE_MS,
    );
  const gaveUp = (error: unknown): void =>
    void faults.push(error instanceof Error ? error.message : String(error));
  return {
    done,
    took,
    faults,
    sentAgain: () => again,
    begin() {
      state.running = true;
      const users = Array.from({ length: FAMILIES }, (_, n) => FIRST_USER + n);
      work = Promise.all(
        users.filter((user) => !isLeftUntaken(user)).map((user) => handle(user).catch(gaveUp)),
      );
    },
    async end() {
      state.running = false;
      await work;
    },
  };
}

const anybody = (but?: string): string => {
  const others = OFFICERS.filter((id) => id !== but);
  return others[Math.floor(Math.random() * others.length)] ?? 'UMEERA';
};
