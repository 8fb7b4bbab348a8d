import type { SlackChannelView, SlackMessageView, TelegramChatView } from '../../sandbox/src/views.ts';
import type { DeskLimits } from '../../src/core/case/wakes.ts';
import type { Register } from '../../src/core/register/register.ts';
import { readingOnly, type ReadOnly } from '../../src/store/read-only.ts';
import { storyOfCase } from '../../src/store/story-of-case.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import type { Families } from './crash-families.ts';
import { deedFaults, isSecond, ownerFaults, type Held } from './crash-deeds.ts';
import type { Officers } from './crash-officers.ts';
import { firedBy, stepsOf, timerFaults, type Step, type Waiting } from './crash-timers.ts';
import type { Control } from './people.ts';

type Run = {
  families: Families;
  officers: Officers;
  waiting: Waiting[];
  limits: DeskLimits;
  endAt: number;
};

/** Holds the register, the chats and the channel against what people did. Every fault is a sentence. */
export async function account(ctl: Control, register: Register, look: ReadOnly, run: Run) {
  const { families, officers, waiting, limits, endAt } = run;
  const faults = [...families.faults, ...officers.faults];
  const channel = await ctl.get<SlackChannelView>('slack/channels/triage');
  const held: Held[] = [];
  const fired = { promise: 0, untaken: 0, second: 0, form: 0, unconsented: 0 };
  let latestFiringMs = 0;
  for (const user of [...families.sent.keys(), ...waiting.map((one) => one.user)]) {
    const { own, ...kept } = await keptOf(register, user);
    const [one] = own;
    if (own.length !== 1 || !one) {
      faults.push(`${user} has ${own.length} cases`);
      continue;
    }
    const cards = channel.messages.filter(({ metadata }) => metadata?.event_payload['case_id'] === one.id);
    if (cards.length !== 1) faults.push(`${one.reference} has ${cards.length} cards`);
    const story = stepsOf((await readingOnly(look, (tx) => storyOfCase(tx, one.reference))) ?? []);
    const timers = timerFaults(one.reference, story, endAt, limits);
    faults.push(...timers.faults);
    for (const kind of ['promise', 'untaken', 'second', 'form'] as const) fired[kind] += timers.fired[kind];
    latestFiringMs = Math.max(latestFiringMs, timers.latestMs);
    held.push({ user, one, ...kept, steps: story.steps, lines: linesUnder(cards) });
  }
  for (const own of held) faults.push(...lineFaults(own));
  for (const { user, kind, dueAt } of waiting) {
    const firings = held.find((each) => each.user === user)?.steps.filter((step) => firedBy(step.event));
    const first = firings?.[0];
    if (
      !first ||
      firedBy(first.event) !== kind ||
      first.at < dueAt ||
      (kind !== 'untaken' && firings.length > 1)
    )
      faults.push(`the ${kind} of ${user} fired ${firings?.length} times, first ${first?.at} of ${dueAt}`);
  }
  const chats = await chatsOf(ctl, held, faults);
  for (const own of held) faults.push(...familyFaults(own, families));
  const unsure = officers.done.reduce((sum, deed) => sum + deedFaults(deed, held, chats.texts, faults), 0);
  for (const user of officers.took) faults.push(...ownerFaults(held, user));
  if (/marker/.test(JSON.stringify(channel.messages))) faults.push('the channel shows what somebody wrote');
  const verdict = await verifyDatabase(look);
  for (const { where, what } of verdict.faults) faults.push(`${where}: ${what}`);
  const left = await register.load();
  // An answer of which nobody can tell whether it arrived is parked, and the desk was told so.
  if (left.inbox + left.outbox + left.buried > 0 || left.parked !== unsure)
    faults.push(`left over: ${JSON.stringify(left)}`);
  const count = (what: string) => officers.done.filter((deed) => deed.what === what).length;
  return {
    faults,
    figures: {
      families: families.sent.size,
      cases: held.length,
      messages: [...families.sent.values()].flat().length,
      files: [...families.sent.values()].flat().filter(({ file }) => file !== null).length,
      takenTogether: officers.took.size,
      deeds: officers.done.length,
      replies: count('reply'),
      confirmedBySecond: count('confirm'),
      sentAgain: officers.sentAgain(),
      unsureReplies: unsure,
      fired,
      latestFiringMs,
      posts: channel.messages.length,
      repeatedSends: chats.repeatedSends,
      events: verdict.events,
    },
  };
}

const keptOf = (register: Register, user: number) =>
  register.work(async (unit) => {
    const own = await unit.cases.ofChat((await unit.chats.open('telegram', String(user))).id);
    const [one] = own;
    return {
      own,
      messages: one ? await unit.messages.ofCase(one.id, 10_000) : [],
      takeUps: one ? await unit.takeUps.ofPerson(one.personId) : [],
    };
  });

const linesUnder = (cards: readonly SlackMessageView[]): string[] =>
  cards.flatMap(({ replies = [] }) => replies.filter(({ user }) => user.bot).map(({ text }) => text));

/** One line for each thing that the desk is told of, by the story's own count. */
function lineFaults({ one, steps, lines }: Held): string[] {
  const count = (fits: (step: Step) => boolean): number => steps.filter(fits).length;
  const moves = count(({ event }) => event.kind === 'status' && event.to !== 'acknowledged');
  const expected: [string, RegExp, number][] = [
    ['take', /took the case/, count(({ event }) => event.kind === 'taken')],
    ['release', /gave the case back/, count(({ event }) => event.kind === 'released')],
    ['reply', /answered: №/, count(({ event }) => event.kind === 'replied')],
    ['status', /set the status:/, moves],
    // A move keeps its evidence as a note.
    ['note', /added a note/, count(({ event }) => event.kind === 'noted') - moves],
    [
      'priority',
      /set the priority:/,
      count(({ event, before }) => event.kind === 'graded' && before?.priority !== event.to),
    ],
    ['confirmation', /; .+ confirmed it$/, count(isSecond('confirmed'))],
    ['lapse', /Nobody has confirmed/, count(isSecond('lapsed'))],
    ['missed promise', /Word was promised by/, count(({ event }) => firedBy(event) === 'promise')],
    ['left form', /has not finished the form/, count(({ event }) => firedBy(event) === 'form')],
  ];
  const faults = expected.flatMap(([what, pattern, wanted]) => {
    const seen = lines.filter((line) => pattern.test(line)).length;
    return seen === wanted ? [] : [`${one.reference}: ${wanted} times ${what}, ${seen} lines`];
  });
  const rang = steps.flatMap(({ event, before }) =>
    event.kind === 'alarm' ? [(before?.alarms ?? 0) + 1] : [],
  );
  const shown = lines.flatMap((line) => /Reminder (\d+)/.exec(line)?.[1] ?? []).map(Number);
  if (String(rang) !== String(shown))
    faults.push(`${one.reference}: alarms ${String(rang)}, lines ${String(shown)}`);
  const asked = lines.filter((line) => /asks for the status/.test(line)).length;
  // Of the cases that waited, the request stood before the run, and nothing announced it.
  const askings = steps
    .filter(isSecond('asked'))
    .filter(({ event }) => !('to' in event && event.to === 'closed'));
  if (asked !== askings.length) faults.push(`${one.reference}: ${askings.length} requests, ${asked} lines`);
  const numbered = lines.filter((line) => line.includes('№'));
  for (const line of new Set(numbered))
    if (numbered.filter((each) => each === line).length > 1) faults.push(`${one.reference}, twice: ${line}`);
  return faults;
}

/** What a family said is kept once, with its file, and nothing else is. */
function familyFaults({ user, messages }: Held, families: Families): string[] {
  const faults: string[] = [];
  const said = families.sent.get(user) ?? [];
  const kept = messages.filter(({ from }) => from === 'family');
  for (const { text, file } of said) {
    const same = kept.filter((message) => message.text === text);
    if (same.length !== 1) faults.push(`${text}: stored ${same.length} times`);
    else if ((same[0]?.attachment?.kind ?? null) !== file)
      faults.push(`${text}: ${file} became ${same[0]?.attachment?.kind}`);
  }
  for (const { text } of kept)
    if (!said.some((each) => each.text === text))
      faults.push(`the case of ${user} holds words of somebody else: ${text}`);
  return faults;
}

/** Bot's texts by chat; whatever names another family's case or carries its words is a fault. */
async function chatsOf(ctl: Control, held: readonly Held[], faults: string[]) {
  const owner = new Map(held.map(({ one, user }) => [one.reference, user]));
  const texts = new Map<number, string[]>();
  let repeatedSends = 0;
  for (const { user } of held) {
    const { bubbles } = await ctl.get<TelegramChatView>(`telegram/chats/${user}`);
    const said = bubbles.filter(({ from }) => from === 'bot').map(({ text = '' }) => text);
    texts.set(user, said);
    for (const text of said) {
      for (const [reference] of text.matchAll(/\b[0-9A-HJKMNP-TV-Z]{8}\b/g))
        if (owner.has(reference) && owner.get(reference) !== user)
          faults.push(`${user} was told of ${reference}`);
      for (const [, whose] of text.matchAll(/marker (\d+)-/g))
        if (Number(whose) !== user) faults.push(`${user} was told the words of ${whose}: ${text}`);
    }
    const numbered = said.filter((text) => text.includes('№'));
    repeatedSends += numbered.length - new Set(numbered).size;
  }
  return { texts, repeatedSends };
}
