import { cardOf, type CardSent, type DeskChannel } from '../desk/case-card.ts';
import { toSafeError, type Log } from '../log.ts';
import { reachesFamilies, type ChannelName } from '../words/messages.ts';
import type { Channel, DeskLine, Errand, Sent } from '../register/outbox.ts';
import type { CaseRecord } from '../case/case-record.ts';
import type { ChatRecord, OutboxEntry, Register, UnitOfWork } from '../register/register.ts';
import { worker, type Pause, type Worker } from './worker.ts';

/** Sends under way at once: what a crash can leave unsure is never more than this. */
const PARALLEL = 4;
const LEASE_MS = 30_000;
const BACKOFF_MS = [1_000, 2_000, 5_000, 15_000, 60_000];
/** A refused message is parked at once; a waiting one is tried for as long as it takes. */
const LONG_WAIT_MS = 60_000;
const backoff = ({ attempts }: OutboxEntry): number =>
  BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length) - 1] ?? LONG_WAIT_MS;
/** The try may have arrived: the next one looks before it posts, or repeats what may be repeated. */
const UNSURE = 'unknown';

type Parts = {
  register: Pick<Register, 'work' | 'outbox' | 'onWork'>;
  channels: Partial<Record<ChannelName, Channel>>;
  desk: DeskChannel;
  now: () => number;
  pause: Pause;
  log: Log;
};

/**
 * Carries out errands. Where a message goes is read from the register at that moment: the chat's stored address, and
 * only while the case still belongs to that chat. Whatever came of it is written in one unit with the errand's end.
 */
export function outboxWorker(parts: Parts): Worker {
  const { register, log } = parts;
  return worker(parts, async () => {
    const entries = await register.outbox.claim(PARALLEL, LEASE_MS);
    await Promise.all(entries.map(one));
    return entries.length > 0;
  });

  async function one(entry: OutboxEntry): Promise<void> {
    try {
      const sent = await carryOut(parts, entry);
      if (sent.outcome === 'wait') {
        const ms = sent.ms ?? backoff(entry);
        await register.outbox.retry(entry.id, parts.now() + ms, sent.why === UNSURE || entry.maybeSent);
        log('errand-retry', {
          errand: entry.id,
          kind: entry.errand.kind,
          attempt: entry.attempts,
          why: sent.why,
          ms,
        });
        return;
      }
      log(sent.outcome === 'sent' ? 'errand-sent' : 'errand-parked', {
        errand: entry.id,
        kind: entry.errand.kind,
        attempt: entry.attempts,
        outcome: sent.outcome,
      });
    } catch (error) {
      // The store, or a fault of ours: the errand stays and is tried again when its lease runs out or the pause is over.
      log('errand-retry', {
        errand: entry.id,
        kind: entry.errand.kind,
        attempt: entry.attempts,
        error: toSafeError(error),
      });
      await register.outbox.retry(entry.id, parts.now() + backoff(entry), true);
    }
  }
}

function carryOut(parts: Parts, entry: OutboxEntry): Promise<Sent | CardSent> {
  const { errand } = entry;
  switch (errand.kind) {
    case 'message':
      return sendMessage(parts, entry, errand);
    case 'card':
      return showCard(parts, entry, errand.caseId);
    case 'card-line':
      return addLine(parts, entry, errand);
  }
}

async function sendMessage(
  parts: Parts,
  entry: OutboxEntry,
  errand: Extract<Errand, { kind: 'message' }>,
): Promise<Sent> {
  const { register, channels } = parts;
  const to = await register.work(async (unit) => {
    const chat = await unit.chats.byId(errand.chatId);
    const one = errand.caseId === null ? null : await unit.cases.byId(errand.caseId);
    const goes = whereTo(errand, chat, one);
    if ('outcome' in goes) await settle(unit, entry, errand, goes, one);
    return goes;
  });
  if ('outcome' in to) return to;
  const channel = channels[to.channel];
  if (!channel) return { outcome: 'wait', ms: LONG_WAIT_MS, why: 'channel-not-running' };
  // A crash may have left an earlier try unsure: what must not arrive twice is given to a person instead.
  if (errand.whenUnknown === 'ask-desk' && entry.maybeSent) {
    const unsure: Sent = { outcome: 'unknown', why: 'interrupted' };
    await finish(parts, entry, errand, unsure, to);
    return unsure;
  }
  const sent = await channel.send(to.address, errand.message);
  if (sent.outcome === 'wait') return sent;
  if (sent.outcome === 'unknown' && errand.whenUnknown === 'repeat')
    return { outcome: 'wait', ms: null, why: UNSURE };
  await finish(parts, entry, errand, sent, to);
  return sent;
}

/** The chat that a message goes to, or why it must not leave at all, whatever was written into the outbox. */
function whereTo(
  errand: Extract<Errand, { kind: 'message' }>,
  chat: ChatRecord | null,
  one: CaseRecord | null,
): ChatRecord | Extract<Sent, { outcome: 'never' }> {
  if (!chat || (errand.caseId !== null && one?.chatId !== chat.id))
    return { outcome: 'never', why: 'refused' };
  // An officer's words to a family: on the desk's own channel everybody there would read them.
  if (errand.messageId !== null && !reachesFamilies(chat.channel))
    return { outcome: 'never', why: 'no-family' };
  return chat.blockedAt === null ? chat : { outcome: 'never', why: 'blocked' };
}

const finish = (
  parts: Parts,
  entry: OutboxEntry,
  errand: Extract<Errand, { kind: 'message' }>,
  sent: Sent,
  to: ChatRecord,
): Promise<void> =>
  parts.register.work(async (unit) => {
    const one = errand.caseId === null ? null : await unit.cases.byId(errand.caseId);
    if (sent.outcome === 'never' && sent.why === 'blocked' && to.blockedAt === null)
      await unit.record({ by: 'helpline', chat: to.id, kind: 'blocked' });
    await settle(unit, entry, errand, sent, one);
  });

/** The errand's end and what it means for the case: a delivered answer, or one that the desk must know did not arrive. */
async function settle(
  unit: UnitOfWork,
  entry: OutboxEntry,
  errand: Extract<Errand, { kind: 'message' }>,
  sent: Sent,
  one: CaseRecord | null,
): Promise<void> {
  await unit.settle(entry.id, sent.outcome === 'sent' ? 'sent' : 'parked');
  if (!one) return;
  if (errand.messageId !== null) {
    const message = await unit.messages.byId(errand.messageId);
    const number = message?.number ?? 0;
    await unit.record({
      by: 'helpline',
      case: one.id,
      kind: 'delivery',
      messageId: errand.messageId,
      to: sent.outcome === 'sent' ? 'delivered' : sent.outcome === 'unknown' ? 'unknown' : 'failed',
      why: 'why' in sent ? wordOf(sent.why) : null,
    });
    await unit.send({ kind: 'card-line', caseId: one.id, line: fateOf(sent, number) });
  } else if (sent.outcome === 'never' && sent.why !== 'refused') {
    await unit.send({ kind: 'card', caseId: one.id });
    await unit.send({
      kind: 'card-line',
      caseId: one.id,
      line: { what: sent.why === 'blocked' ? 'family-blocked' : 'family-gone' },
    });
  }
}

/** A platform's word as a code of the story. */
const wordOf = (why: string): string =>
  why
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 60) || 'unknown';

function fateOf(sent: Sent, number: number): DeskLine {
  if (sent.outcome === 'sent') return { what: 'delivered', number };
  if (sent.outcome === 'never') return { what: 'not-delivered', number, why: sent.why };
  return { what: 'unsure', number };
}

async function showCard(
  { register, desk }: Parts,
  entry: OutboxEntry,
  caseId: string,
  ends = true,
): Promise<CardSent> {
  const settled = async (unit: UnitOfWork, outcome: 'sent' | 'parked'): Promise<void> => {
    if (ends) await unit.settle(entry.id, outcome);
  };
  const seen = await register.work(async (unit) => {
    const one = await unit.cases.byId(caseId);
    if (one) return { card: await cardOf(unit, one), place: one.card };
    await settled(unit, 'parked');
    return null;
  });
  if (!seen) return { outcome: 'never', why: 'gone' };
  const sent = await desk.showCard(seen.card, seen.place, entry.maybeSent);
  if (sent.outcome === 'unknown') return { outcome: 'wait', ms: null, why: UNSURE };
  if (sent.outcome === 'wait') return sent;
  await register.work(async (unit) => {
    if (sent.outcome === 'sent') await unit.cases.recordCard(caseId, sent.place);
    await settled(unit, sent.outcome === 'sent' ? 'sent' : 'parked');
  });
  return sent;
}

async function addLine(
  parts: Parts,
  entry: OutboxEntry,
  errand: Extract<Errand, { kind: 'card-line' }>,
): Promise<Sent> {
  const { register, desk } = parts;
  const one = await register.work(async (unit) => unit.cases.byId(errand.caseId));
  if (!one) {
    await register.work((unit) => unit.settle(entry.id, 'parked'));
    return { outcome: 'never', why: 'gone' };
  }
  // Its card was refused: without this the line would wait for ever, and every later card behind it.
  if (!one.card) return cardFirst(parts, entry, one);
  const sent = await desk.addLine(one, one.card, errand.line, String(entry.id), entry.maybeSent);
  if (sent.outcome === 'unknown') return { outcome: 'wait', ms: null, why: UNSURE };
  if (sent.outcome === 'wait') return sent;
  // Somebody has deleted the card, or its desk has moved on: the line is for the desk all the same.
  if (sent.outcome === 'never' && sent.why === 'gone') return cardFirst(parts, entry, one);
  await register.work((unit) => unit.settle(entry.id, sent.outcome === 'sent' ? 'sent' : 'parked'));
  return sent;
}

/** Shows the card, so that the line has a place. Where nothing new comes of it the line is parked: it would come back for ever. */
async function cardFirst(parts: Parts, entry: OutboxEntry, { id, card }: CaseRecord): Promise<Sent> {
  const shown = await showCard(parts, entry, id, false);
  const isNew =
    shown.outcome === 'sent' && (shown.place.ts !== card?.ts || shown.place.channel !== card.channel);
  if (isNew) return { outcome: 'wait', ms: 0, why: 'card-first' };
  if (shown.outcome === 'wait' || shown.outcome === 'unknown') return shown;
  await parts.register.work((unit) => unit.settle(entry.id, 'parked'));
  return { outcome: 'never', why: 'gone' };
}
