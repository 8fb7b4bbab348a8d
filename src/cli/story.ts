import { readReference } from '../core/case/reference.ts';
import type { StoryLine } from '../core/register/register.ts';
import { readingOnly } from '../store/read-only.ts';
import { storyOfCase } from '../store/story-of-case.ts';
import { verifyDatabase, type Checkpoint } from '../store/verify.ts';
import { existing, type Environment } from './existing.ts';
import { say } from './help.ts';

/** How often a long examination says how far it has come. */
const SAY_EVERY_MS = 2000;

/** `people`: officers by their Slack ids. */
export type Shown = { people: boolean };

/** What happened to a case, one JSON line an event. */
export async function tellStory(env: Environment, words: string, shown: Shown): Promise<number> {
  const reference = readReference(words);
  if (reference === null) {
    console.error(
      words === ''
        ? 'Of which case? Write its reference behind the command: story 7K3M9PXB'
        : `"${words}" is not a reference. A reference has eight letters and digits; one that is mistyped is recognised as such.`,
    );
    return 2;
  }
  const story = await readingOnly(existing(env), (tx) => storyOfCase(tx, reference));
  if (story === null) {
    console.error(`There is no case with the reference ${reference}.`);
    return 1;
  }
  for (const line of story) console.log(lineOf(line, shown));
  return 0;
}

/** These lead to rows and to what is sealed in them. */
const INSIDE: ReadonlySet<string> = new Set([
  'personId',
  'chatId',
  'caseId',
  'request',
  'takeUp',
  'takeUps',
  'sealed',
]);
const OFFICERS: ReadonlySet<string> = new Set(['second', 'ownerId']);

/** One line of what is printed. Who did it is a role, of staff with `people` the Slack id too; other ids stay inside. */
export function lineOf({ at, about, number, actor, event }: StoryLine, { people }: Shown): string {
  const [role] = actor.split(':');
  const by = people && role === 'staff' ? actor : role;
  const due = 'due' in event && event.due !== null ? { due: new Date(event.due).toISOString() } : {};
  const line = { at: new Date(at).toISOString(), about, number, by, ...event, ...due };
  return JSON.stringify(line, (key, value: unknown) => {
    if (INSIDE.has(key)) return undefined;
    if (people || value === null) return value;
    // Of an alarm, which names whom it called; of everything else `to` is a code.
    if (key === 'to' && Array.isArray(value)) return value.map(() => 'staff');
    return OFFICERS.has(key) ? 'staff' : value;
  });
}

/** Examines the story; `words` may name a checkpoint of the log that it must still go through. */
export async function verify(env: Environment, words: string[]): Promise<number> {
  const [seq, hash, ...more] = words;
  const checkpoint: Checkpoint[] = hash === undefined ? [] : [{ seq: Number(seq), hash, from: 'the log' }];
  if (
    more.length > 0 ||
    (seq !== undefined && (!/^\d{1,15}$/.test(seq) || !/^[0-9a-f]{64}$/.test(hash ?? '')))
  ) {
    console.error('Of a checkpoint, write seq and hash as they stand in the log: verify 1234 9f86d0…');
    return 2;
  }
  let saidAt = Date.now();
  const { events, cases, faults, end } = await verifyDatabase(existing(env), {
    checkpoints: checkpoint,
    progress(read, compared) {
      if (Date.now() - saidAt < SAY_EVERY_MS) return;
      saidAt = Date.now();
      console.error(`${read} events read, ${compared} cases compared …`);
    },
  });
  for (const { where, what } of faults) console.log(`${where}: ${what}`);
  if (faults.length > 0) {
    console.error(`${faults.length} faults in ${events} events of ${cases} cases.`);
    return 1;
  }
  return say(
    `${events} events of ${cases} cases, all in their chain, each case as its story tells it. It ends at ${end?.seq} ${end?.hash}`,
  );
}
