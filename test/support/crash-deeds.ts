import type { CaseMessage, CaseRecord, TakeUp } from '../../src/core/case/case-record.ts';
import { isLeftUntaken, type Deed } from './crash-officers.ts';
import type { Step } from './crash-timers.ts';

/** A case after the run, with all that is held against what people did. */
export type Held = {
  user: number;
  one: CaseRecord;
  messages: CaseMessage[];
  takeUps: TakeUp[];
  steps: Step[];
  /** Texts under its card. */
  lines: string[];
};

export const isSecond =
  (what: string) =>
  ({ event }: Step): boolean =>
    event.kind === 'second' && event.what === what;

/** What an officer was shown as done was done once. 1 for an answer of which nobody can tell whether it arrived. */
export function deedFaults(
  { user, by, what, marker }: Deed,
  held: readonly Held[],
  texts: ReadonlyMap<number, string[]>,
  faults: string[],
): number {
  const fault = (words: string): void => void faults.push(`${by}, ${marker}: ${words}`);
  const own = held.find((each) => each.user === user);
  if (!own) return 0;
  const { steps, messages, takeUps, lines } = own;
  const times = (fits: (step: Step) => boolean): number => steps.filter(fits).length;
  const once = (name: string, seen: number): void => {
    if (seen !== 1) fault(`${name} ${seen} times`);
  };
  const kept = messages.filter(({ text }) => text.includes(marker));
  if (what !== 'priority' && what !== 'confirm') once('kept', kept.length);
  if (what === 'priority')
    once(
      'graded',
      times(({ event, actor }) => event.kind === 'graded' && actor === `staff:${by}`),
    );
  if (what === 'need_info' || what === 'sent_to_embassy')
    once(
      'moved',
      times(({ event, actor }) => event.kind === 'status' && event.to === what && actor.endsWith(by)),
    );
  if (what === 'need_info') {
    const told = texts.get(user)?.filter((text) => /desk needs something from you/.test(text)).length ?? 0;
    if (told === 0) fault('the family was not told');
  }
  if (what === 'raised_with_russia') once('asked', times(isSecond('asked')));
  if (what === 'confirm') {
    once(
      'confirmed',
      times((step) => isSecond('confirmed')(step) && step.actor === `staff:${by}`),
    );
    once(
      'raised',
      times(
        ({ event }) => event.kind === 'status' && event.to === 'raised_with_russia' && event.second === by,
      ),
    );
    once('taken up', takeUps.length);
    const [takeUp] = takeUps;
    if (takeUp && (takeUp.officer.id === by || takeUp.secondOfficer.id !== by))
      fault('confirmed by who asked');
    if (takeUp && !takeUp.reference.includes(`marker ${user}-`)) fault('a take-up of somebody else');
  }
  if (what !== 'reply') return 0;
  const [reply] = kept;
  const arrived = texts.get(user)?.filter((text) => text.includes(marker)).length ?? 0;
  const isUnsure = reply?.delivery === 'unknown';
  if (isUnsure ? arrived > 1 : arrived !== 1)
    fault(`${arrived} times in the chat, marked ${reply?.delivery}`);
  if (!isUnsure && reply?.delivery !== 'delivered') fault(`marked ${reply?.delivery}`);
  if (isUnsure && !lines.some((line) => line.includes(`whether № ${reply.number} arrived`)))
    fault('nobody was told that it is unsure');
  return isUnsure ? 1 : 0;
}

/** A case that three pressed Take for has one owner, and nobody ever took what was another's. */
export function ownerFaults(held: readonly Held[], user: number): string[] {
  const own = held.find((each) => each.user === user);
  if (!own) return [];
  const taken = own.steps.filter(({ event }) => event.kind === 'taken');
  const { ownerId } = own.one;
  const sound =
    taken.length === 1 && taken[0]?.before?.ownerId === null && taken[0].actor === `staff:${ownerId}`;
  if (sound && !isLeftUntaken(user)) return [];
  return [
    `${user} was taken ${taken.length} times: ${taken.map(({ actor }) => actor).join(', ')}, of ${ownerId}`,
  ];
}
