import { sql } from 'kysely';
import { ACTOR, parseEvent, subjectKind } from '../core/case/events.ts';
import type { Row } from './schema.ts';
import { hashOf, macOf, START_OF_STORY, type Head } from './story.ts';
import type { Examination } from './verify.ts';

const EVENTS_AT_ONCE = 1000;

/** Every event in its place, as it was written and in the words of the vocabulary; the sealed end; the places of before. */
export async function verifyChain(examination: Examination): Promise<void> {
  const { db, fault, checkpoints } = examination;
  let at: Head = { seq: 0, hash: START_OF_STORY };
  let from = Number.MIN_SAFE_INTEGER;
  let audited = 0;
  for (;;) {
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('seq', '>', from)
      .orderBy('seq')
      .limit(EVENTS_AT_ONCE)
      .execute();
    for (const row of rows) {
      const where = `event ${row.seq}`;
      if (row.seq !== at.seq + 1) fault(where, `stands where event ${at.seq + 1} should`);
      else if (row.prev_hash !== at.hash) fault(where, 'does not follow on the one before it');
      if (hashOf(row) !== row.hash) fault(where, 'is not as it was written');
      for (const what of wrongWords(row)) fault(where, what);
      if (row.subject === 'register:audit' && row.number !== ++audited)
        fault(where, `is number ${row.number} of the audit of before, and should be ${audited}`);
      for (const { seq, hash, from: who } of checkpoints)
        if (row.seq === seq && row.hash !== hash) fault(where, `is another one than ${who} has seen`);
      at = { seq: row.seq, hash: row.hash };
      from = row.seq;
    }
    await examination.page('event', rows.length);
    if (rows.length < EVENTS_AT_ONCE) break;
  }
  await verifyEnd(examination, at);
  await verifySubjects(examination);
}

/** What does not belong to the vocabulary, and what it tells of the audit of before. */
function wrongWords(row: Row<'events'>): string[] {
  const about = subjectKind(row.subject);
  if (about === null) return ['is about nothing that a register has'];
  try {
    const event = parseEvent(about, JSON.parse(row.body));
    if (event.kind !== row.kind) return ['is filed under another kind'];
    if (event.kind === 'audited' && event.action === 'audit-broken')
      return [`the audit of before did not fit from its line ${event.object.slice('audit:'.length)} on`];
  } catch {
    return ['is not in the words of the story'];
  }
  return ACTOR.test(row.actor) ? [] : ['was done by nobody whom the story knows'];
}

async function verifyEnd({ db, keys, fault, checkpoints }: Examination, last: Head): Promise<void> {
  const head = await db.selectFrom('story_head').selectAll().where('id', '=', 1).executeTakeFirst();
  const where = 'the end of the story';
  if (!head) fault(where, 'is not recorded any more');
  else {
    if (head.mac !== macOf(keys, head)) fault(where, 'was not sealed with the keys of this helpline');
    if (head.seq !== last.seq)
      fault(where, `was sealed at event ${head.seq}, and the last one is ${last.seq}`);
    else if (head.hash !== last.hash) fault(where, 'is another event than the one that was sealed');
  }
  for (const { seq, from } of checkpoints)
    if (seq > last.seq)
      fault(
        where,
        `is event ${last.seq}, and ${from} has seen event ${seq}: it was cut off, or an older backup was put back`,
      );
}

const OWNERS = [
  ['case', 'cases'],
  ['person', 'people'],
  ['chat', 'chats'],
] as const;

/** Stories that nothing stands for any more. */
async function verifySubjects({ db, fault }: Examination): Promise<void> {
  for (const [about, table] of OWNERS) {
    const { rows } = await sql<{ subject: string }>`
      select distinct subject from events where subject like ${`${about}:%`} and not exists
        (select 1 from ${sql.table(table)} where id = substr(subject, ${sql.lit(about.length + 2)}))
      order by subject`.execute(db);
    for (const { subject } of rows)
      fault(`${about} ${subject.slice(about.length + 1)}`, 'has a story and no row');
  }
}
