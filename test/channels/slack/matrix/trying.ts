import type { Effect, MatrixBench } from './bench.ts';
import type { Named } from './doors.ts';
import { OWNER } from './people.ts';
import { situation, type Situation } from './situations.ts';
import { EFFECTS, type EffectWord, type Row } from './table.ts';

export const NO_CASE = '0'.repeat(32);

/** A request that names one situation, or that was made for one and names another. */
export const named = (one: Situation, id = one): Named => ({
  ...one,
  caseId: id.one.id,
  reference: id.one.reference,
});

/** Where nothing tells one case from another. */
export const isCaseless = (row: Row): boolean => row.forged === '.';

export const situated = (bench: MatrixBench, row: Row, actor: string, desk = 'delhi'): Promise<Situation> =>
  situation(bench, {
    desk,
    case: row.case,
    meanwhile: row.meanwhile,
    draftOf: row.door === 'form reply_preview' ? actor : null,
  });

/** Uses a door; gives what it answers, and what it says to the presser alone. */
export async function used(bench: MatrixBench, body: string, unsigned = false): Promise<string> {
  const before = bench.whispers.length;
  const { text } = await bench.use(body, unsigned);
  await bench.handled();
  return [text, ...bench.whispers.slice(before)].join('\n');
}

const repeat = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

/** What the table's word means for this actor and this case. */
export function expected(effect: EffectWord, actor: string, { one }: Situation, times = 1): Effect {
  const { events, version, desk, family } = EFFECTS[effect];
  const each = events.split(' ').filter(Boolean);
  return {
    events: repeat(times, each)
      .flat()
      .map((event) => {
        const kind = event.replace('asker:', '');
        const about = kind === 'taken-up' || kind === 'outcome' ? `person:${one.personId}` : `case:${one.id}`;
        return { actor: `staff:${event === kind ? actor : OWNER.id}`, kind, subject: about };
      }),
    version: version * times,
    sent: [...repeat(desk * times, `case:${one.id}`), ...repeat(family * times, `chat:${one.chatId}`)],
  };
}

/** What can be compared. Of a door without a case only the kinds: which case was opened there only the register knows. */
export const seen = (row: Row, { events, version, sent }: Effect): object => ({
  events: isCaseless(row) ? events.map(({ actor, kind }) => ({ actor, kind })) : events,
  version,
  sent: sent.map((stream) => (isCaseless(row) ? (stream.split(':')[0] ?? '') : stream)).toSorted(),
});
