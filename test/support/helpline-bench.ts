import { randomBytes } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import type { CardPlace, CardSent, CaseCard, DeskChannel } from '../../src/core/desk/case-card.ts';
import { deskActions } from '../../src/core/desk/desk-actions.ts';
import type { ReadFacts } from '../../src/core/family/facts.ts';
import { helpline } from '../../src/core/family/receive.ts';
import { INDIA } from '../../src/core/case/desk-hours.ts';
import type { Desks, Role } from '../../src/core/case/desks.ts';
import type { Knowledge } from '../../src/core/case/knowledge.ts';
import { DEFAULT_LIMITS } from '../../src/core/case/wakes.ts';
import type { Staff } from '../../src/core/desk/staff.ts';
import type { ChannelName, Content, InboundMessage, Outgoing } from '../../src/core/words/messages.ts';
import { wakeUps } from '../../src/core/desk/wake-ups.ts';
import { forgetHeld } from '../../src/core/family/forget-held.ts';
import { outboxWorker } from '../../src/core/delivery/outbox-worker.ts';
import type { DeskLine, Sent } from '../../src/core/register/outbox.ts';
import type { CaseMessage, CaseRecord, FieldValues, Officer } from '../../src/core/case/case-record.ts';
import type { Register } from '../../src/core/register/register.ts';
import { plainText } from '../../src/core/words/rich-text.ts';
import type { Route, Routed } from '../../src/core/family/routed.ts';
import { knowledgeFrom } from '../../src/intents/knowledge.ts';
import { packFrom } from '../../src/intents/load-intents.ts';
import { realIntents } from './kept.ts';
import { registerBench } from './register-bench.ts';

/** Every answer of the intents folder, read once for all tests. */
export const KNOWLEDGE = knowledgeFrom(packFrom(realIntents, Date.UTC(2026, 10, 22, 9)));

/** A router that knows these messages and is lost with everything else. */
export const routes =
  (table: Record<string, Partial<Routed>>): Route =>
  (text, hint) => ({
    language: hint?.language ?? 'en',
    decision: 'clarify',
    intent: null,
    confidence: 0.9,
    candidates: [],
    also: [],
    danger: { level: 'none', p: 0 },
    ...table[text],
  });

/** What the families of these tests say, and what the router makes of it. */
export const SAID: Record<string, Partial<Routed>> = {
  'My brother is missing in Russia': { decision: 'intake', intent: 'missing-no-contact' },
  'He is in the Russian army': { decision: 'intake', intent: 'report-relative' },
  'They told me he died': { decision: 'human', intent: 'death-reported' },
  'I want to talk to a person': { decision: 'human', intent: 'talk-to-human' },
  'They are taking me to the front now': {
    decision: 'urgent',
    intent: 'emergency-now',
    danger: { level: 'page', p: 1 },
  },
  'What does DNA have to do with it?': { decision: 'answer', intent: 'dna-sample' },
  'How long does it take?': { decision: 'answer', intent: 'how-long' },
  'What about my case': { decision: 'answer', intent: 'case-status' },
  hello: { decision: 'answer', intent: 'greeting-thanks' },
  'thank you so much': { decision: 'answer', intent: 'greeting-thanks' },
  'mera bhai roos mein gayab hai': {
    decision: 'intake',
    intent: 'missing-no-contact',
    language: 'hi-Latn',
  },
  'mera putt russia vich lapata hai': {
    decision: 'intake',
    intent: 'missing-no-contact',
    language: 'pa-Latn',
  },
  'मेरा भाई रूस में लापता है': { decision: 'intake', intent: 'missing-no-contact', language: 'hi' },
};

/** What came of sending; one answer for each send, then all goes well. */
export type Outside = Sent | CardSent | 'throws';

export type CardShown = { place: CardPlace; card: CaseCard; lines: DeskLine[]; posts: number };

const platformId = (n: number): string => String(1000 + n);

/**
 * A helpline on a real register. The outbox is drained by the real worker into a platform and a desk that only write
 * down what reaches them: they stand for the outside world.
 */
export async function helplineBench(
  over: { route?: Route; knowledge?: Knowledge; facts?: ReadFacts; desk?: DeskChannel } = {},
  url: string | null = null,
) {
  const store = registerBench(url);
  const register: Register = await store.open();
  const { clock, log } = store;
  let { knowledge = KNOWLEDGE, route = routes(SAID) } = over;
  const facts = over.facts ?? (() => ({}));
  const parts = {
    register,
    knowledge: () => knowledge,
    route: () => route,
    facts: () => facts,
    desks: () => DESKS,
    log: log.log,
  };
  const line = helpline({ ...parts, deskReachable: () => reach.desk });
  const desk = deskActions({ ...parts, random: randomBytes });

  const sends: { address: string; channel: ChannelName; message: Outgoing }[] = [];
  const cards: CardShown[] = [];
  const mayBeThere: boolean[] = [];
  const rests = { begun: (): void => undefined };
  const reach = { desk: true };
  const weather: Outside[] = [];
  const deskWeather: Outside[] = [];
  const bad = (sky: Outside[]): Exclude<Sent, { outcome: 'sent' }> | null => {
    const next = sky.shift();
    if (next === 'throws') throw new Error('the outside world broke');
    return next && next.outcome !== 'sent' ? next : null;
  };
  const channel = (name: ChannelName) => ({
    name,
    async send(address: string, message: Outgoing): Promise<Sent> {
      const failed = bad(weather);
      if (failed) return failed;
      sends.push({ address, channel: name, message });
      return { outcome: 'sent', platformId: String(sends.length) };
    },
  });
  const worker = outboxWorker({
    register,
    channels: { telegram: channel('telegram'), slack: channel('slack') },
    desk: over.desk ?? {
      async showCard(card, at, perhaps) {
        mayBeThere.push(perhaps);
        const failed = bad(deskWeather);
        if (failed) return failed;
        const known = cards.find((one) => one.card.caseId === card.caseId);
        if (known) {
          Object.assign(known, { card, posts: known.posts + (at ? 0 : 1) });
          return { outcome: 'sent', place: known.place };
        }
        const place = { channel: 'triage', ts: `ts-${cards.length}` };
        cards.push({ place, card, lines: [], posts: 1 });
        return { outcome: 'sent', place };
      },
      async addLine(_one, at, deskLine, key, perhaps) {
        mayBeThere.push(perhaps);
        const failed = bad(deskWeather);
        if (failed) return failed;
        cards.find((one) => one.place.ts === at.ts)?.lines.push(deskLine);
        return { outcome: 'sent', platformId: key };
      },
    },
    now: () => clock.now,
    pause: (ms, signal) => {
      rests.begun();
      return rest(ms, undefined, { signal });
    },
    log: log.log,
  });

  let keys = 0;
  const receive = async (
    address: string,
    content: Content,
    more: Partial<InboundMessage> = {},
  ): Promise<void> => {
    keys += 1;
    await line.receive({
      source: { name: more.channel ?? 'telegram', key: String(keys) },
      channel: 'telegram',
      address,
      ...(content.kind === 'press' ? {} : { messageId: platformId(keys) }),
      edited: false,
      at: clock.now,
      content,
      ...more,
    });
  };

  /** Lets the worker send until it finds nothing that is due. */
  async function drained(): Promise<void> {
    const nothingLeft = new Promise<void>((resolve) => {
      rests.begun = resolve;
    });
    worker.start();
    await nothingLeft;
    await worker.stop();
  }

  const heardOf = (address: string) =>
    sends
      .filter((one) => one.address === address)
      .map(({ message }) => ({
        text: plainText(message.text),
        buttons: message.buttons.flat().map(({ id }) => id),
        labels: message.buttons.flat().map(({ label }) => label),
        language: message.language,
      }));

  const chatId = async (address: string): Promise<string> =>
    (await register.work((unit) => unit.chats.open('telegram', address))).id;
  const cases = async (address: string): Promise<CaseRecord[]> => {
    const id = await chatId(address);
    return id === '' ? [] : register.work((unit) => unit.cases.ofChat(id));
  };

  return {
    ...store,
    register,
    desk,
    line,
    cards,
    /** What the next messages to families meet, and the next cards and lines; then all goes well. */
    weather,
    deskWeather,
    mayBeThere,
    drained,
    sends: () => sends,
    setKnowledge: (other: Knowledge) => void (knowledge = other),
    /** Whether the desk's channel can be reached, as the family is told. */
    reach,
    setRoute: (other: Route) => void (route = other),
    /** Writes, and waits until everything that follows has been sent. Gives the id of the message. */
    async says(address: string, text: string, more: Partial<InboundMessage> = {}): Promise<string> {
      await receive(address, { kind: 'text', text }, more);
      const id = platformId(keys);
      await drained();
      return id;
    },
    async presses(address: string, ...buttons: string[]): Promise<void> {
      for (const button of buttons) await receive(address, { kind: 'press', button });
      await drained();
    },
    async commands(address: string, command: string): Promise<void> {
      await receive(address, { kind: 'command', command });
      await drained();
    },
    async does(address: string, content: Content, more: Partial<InboundMessage> = {}): Promise<void> {
      await receive(address, content, more);
      await drained();
    },
    /** Everything this address has been sent, oldest first. */
    heard: heardOf,
    last: (address: string) => heardOf(address).at(-1) ?? { text: '', buttons: [], labels: [], language: '' },
    card: (reference: string) => cards.find(({ card }) => card.reference === reference),
    lines: (reference: string) =>
      cards.find(({ card }) => card.reference === reference)?.lines.map(({ what }) => what) ?? [],
    cases,
    /** The only case of the chat. */
    async theCase(address: string): Promise<CaseRecord> {
      const [one, ...more] = await cases(address);
      if (!one || more.length > 0) throw new Error(`${address} has ${more.length + (one ? 1 : 0)} cases`);
      return one;
    },
    fields: (caseId: string): Promise<FieldValues> => register.work((unit) => unit.fields.read(caseId)),
    messages: (caseId: string): Promise<CaseMessage[]> =>
      register.work((unit) => unit.messages.ofCase(caseId, 500)),
    /** Fires what is due by the bench's clock, and sends what follows. */
    async wakes(): Promise<void> {
      const on = {
        ...wakeUps({ people: () => ({ duty: [], heads: [] }) }),
        unconsented: forgetHeld((at) => at),
      };
      for (let count = 1; count > 0;) {
        const { fired, failed } = await register.timers.fireDue(
          (unit, timer) => on[timer.kind](unit, timer),
          50,
        );
        if (failed.length > 0) throw failed[0]?.error;
        count = fired.length;
      }
      await drained();
    },
    step: async (address: string): Promise<string> => {
      const id = await chatId(address);
      const step = (await register.work((unit) => unit.conversations.get(id)))?.step;
      return step ? [step.at, ...(step.at === 'form' ? [step.field] : [])].join(':') : 'none';
    },
  };
}

export type HelplineBench = Awaited<ReturnType<typeof helplineBench>>;

/** One desk, as without a desk file. */
export const DESKS: Desks = [
  {
    id: 'desk',
    formerly: [],
    name: 'Desk',
    channel: 'C0TRIAGE',
    hours: INDIA,
    people: [],
    limits: DEFAULT_LIMITS,
    countries: [],
  },
];

const staff = (id: string, name: string, ...roles: Role[]): Staff => ({ id, name, roles: { desk: roles } });

export const MEERA = staff('UMEERA', 'Meera', 'officer');
export const ARJUN = staff('UARJUN', 'Arjun', 'officer');
export const HEAD = staff('UHEAD', 'Hema', 'head');
export const AUDITOR = staff('UAUDIT', 'Audra', 'auditor');
/** Of another desk, which is not on this register. */
export const ELSEWHERE: Staff = { id: 'UELSE', name: 'Elsa', roles: { moscow: ['officer'] } };

/** An officer as the register names them: without what they may do. */
export const officerOf = ({ id, name }: Staff): Officer => ({ id, name });

/** A family that has agreed: its case is open, and the form's first question is asked. */
export async function agreed(
  bench: HelplineBench,
  address = '501',
  words = 'My brother is missing in Russia',
  sharing = 's:embassy',
): Promise<CaseRecord> {
  await bench.says(address, words);
  await bench.presses(address, 'd:no', 'n:agree', sharing);
  const [one] = await bench.cases(address);
  if (!one) throw new Error('no case was opened');
  return one;
}
