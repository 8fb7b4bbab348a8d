import { writeFileSync } from 'node:fs';
import type { Row } from '../../src/store/schema.ts';
import { chained, hashOf, macOf, START_OF_STORY, type Head } from '../../src/store/story.ts';
import { witnessFile } from '../../src/store/witness.ts';
import type { Clone } from './cloned-register.ts';
import { frozen, keysOf } from './frozen-register.ts';

/** The register that is spoilt: six cases of each kind of life. */
export const STORY = frozen('2026-12-01-whose-data');
export const keys = keysOf(STORY);
/** The number of its last event. */
export const LAST = STORY.tables['events']?.length ?? 0;
const NOBODYS_MAC = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
export const caseId = (n: number): string => STORY.read[n]?.record.id ?? '';
const reference = (n: number): string => STORY.read[n]?.record.reference ?? '';
export const chatId = (n: number): string => STORY.read[n]?.record.chatId ?? '';
const personId = (n: number): string => STORY.read[n]?.record.personId ?? '';

const eventsOf = async (clone: Clone): Promise<Row<'events'>[]> =>
  (await clone.sql('select * from events order by seq')).map((row) => ({
    seq: Number(row['seq']),
    at: Number(row['at']),
    subject: String(row['subject']),
    number: Number(row['number']),
    actor: String(row['actor']),
    kind: String(row['kind']),
    body: String(row['body']),
    prev_hash: '',
    hash: '',
  }));

const setHead = (clone: Clone, { seq, hash }: Head, mac: string): Promise<unknown> =>
  clone.sql(`update story_head set seq = ${seq}, hash = '${hash}', mac = '${mac}'`);

/** Writes another story with every sum right, as somebody can who has the database; `mac` is what they lack. */
export async function rewrite(
  clone: Clone,
  change: (events: Row<'events'>[]) => Row<'events'>[],
  mac = (head: Head): string => (head.seq < 0 ? '' : NOBODYS_MAC),
): Promise<void> {
  const { rows, head } = chained({ seq: 0, hash: START_OF_STORY }, change(await eventsOf(clone)));
  await clone.sql('delete from events');
  for (const row of rows)
    await clone.sql(
      `insert into events (seq, at, subject, number, actor, kind, body, prev_hash, hash) values (${row.seq}, ${row.at}, '${row.subject}', ${row.number}, '${row.actor}', '${row.kind}', '${row.body}', '${row.prev_hash}', '${row.hash}')`,
    );
  await setHead(clone, head, mac(head));
}

/** Changes one event and its own sum, as somebody might who thinks of that event only. */
async function withOwnSum(clone: Clone, seq: number): Promise<void> {
  const row = (await eventsOf(clone)).find((event) => event.seq === seq);
  if (!row) throw new Error('there is no such event');
  const changed = { ...row, at: row.at + 1, prev_hash: headAt(seq - 1).hash };
  await clone.sql(`update events set at = ${changed.at}, hash = '${hashOf(changed)}' where seq = ${seq}`);
}

/** As the helpline seals the end of a story. */
export const sealedBy = (head: Head): string => macOf(keys, head);
/** A head that the helpline once sealed. */
export const headAt = (seq: number): Head => ({
  seq,
  hash: String(STORY.tables['events']?.[seq - 1]?.['hash'] ?? START_OF_STORY),
});

/** Puts a witness beside a copy. */
export const witnessed = (clone: Clone, head: Head, mac = sealedBy(head)): Promise<void> =>
  Promise.resolve(writeFileSync(witnessFile(clone.dataDir), JSON.stringify({ ...head, mac })));

const of = (n: number, what: string): string => `case ${reference(n)}: ${what}`;
export const END = 'the end of the story: ';

/** What somebody with the database can do, and the fault that must be named. */
export const TAMPERINGS: [name: string, fault: string | RegExp, (clone: Clone) => Promise<unknown>][] = [
  [
    'the codes of an event',
    'event 13: is not as it was written',
    (c) => c.sql(`update events set body = replace(body, 'russia', 'russia ') where seq = 13`),
  ],
  [
    'the time of an event',
    'event 5: is not as it was written',
    (c) => c.sql('update events set at = at + 1 where seq = 5'),
  ],
  [
    'who did it',
    'event 5: is not as it was written',
    (c) => c.sql(`update events set actor = 'staff:U2' where seq = 5`),
  ],
  [
    'what kind it was',
    'event 7: is filed under another kind',
    (c) => c.sql(`update events set kind = 'noted' where seq = 7`),
  ],
  [
    'its number',
    'event 7: is not as it was written',
    (c) => c.sql('update events set number = 99 where seq = 7'),
  ],
  [
    'an event taken out of the middle',
    'event 8: stands where event 7 should',
    (c) => c.sql('delete from events where seq = 7'),
  ],
  [
    'the first event taken out',
    'event 2: stands where event 1 should',
    (c) => c.sql('delete from events where seq = 1'),
  ],
  [
    'two events that changed places',
    'event 12: is not as it was written',
    async (c) => {
      for (const [from, to] of [
        [12, 112],
        [13, 12],
        [112, 13],
      ])
        await c.sql(`update events set seq = ${to} where seq = ${from}`);
    },
  ],
  [
    'an event moved to another case',
    'event 10: is not as it was written',
    (c) => c.sql(`update events set subject = 'case:${caseId(5)}', number = 7 where seq = 10`),
  ],
  [
    'an event moved to a case that never was',
    'case 00000000000000000000000000000000: has a story and no row',
    (c) => c.sql(`update events set subject = 'case:${'0'.repeat(32)}' where seq = 10`),
  ],
  [
    'the end cut off',
    `${END}was sealed at event ${LAST}, and the last one is ${LAST - 2}`,
    (c) => c.sql(`delete from events where seq > ${LAST - 2}`),
  ],
  [
    'the end cut off, and an earlier head put back',
    of(5, 'status is reply_received in the row and raised_with_russia in its story'),
    async (c) => {
      await c.sql('delete from events where seq > 37');
      await setHead(c, headAt(37), sealedBy(headAt(37)));
    },
  ],
  [
    'the end cut off, and a head of their own',
    `${END}was not sealed with the keys of this helpline`,
    async (c) => {
      await c.sql('delete from events where seq > 37');
      await setHead(c, headAt(37), NOBODYS_MAC);
    },
  ],
  [
    'everything taken out with the head',
    `${END}is not recorded any more`,
    async (c) => {
      await c.sql('delete from events');
      await c.sql('delete from story_head');
    },
  ],
  [
    'everything taken out, with a head of their own',
    `${END}was not sealed with the keys of this helpline`,
    async (c) => {
      await c.sql('delete from events');
      await setHead(c, headAt(0), NOBODYS_MAC);
    },
  ],
  [
    'everything taken out, and the very first head put back',
    of(0, 'has a row and no story'),
    async (c) => {
      await c.sql('delete from events');
      await setHead(c, headAt(0), sealedBy(headAt(0)));
    },
  ],
  ['the head deleted', `${END}is not recorded any more`, (c) => c.sql('delete from story_head')],
  [
    'an event changed with its own sum right',
    'event 6: does not follow on the one before it',
    (c) => withOwnSum(c, 5),
  ],
  [
    'the last event changed with its own sum right',
    `${END}is another event than the one that was sealed`,
    (c) => withOwnSum(c, LAST),
  ],
  [
    'an event put in with every sum right',
    `${END}was not sealed with the keys of this helpline`,
    (c) =>
      rewrite(c, (events) =>
        events.flatMap((row) => (row.seq === 17 ? [row, { ...row, number: 15 }] : [row])),
      ),
  ],
  [
    'an event changed with every sum right',
    `${END}was not sealed with the keys of this helpline`,
    (c) => rewrite(c, (events) => events.map((row) => (row.seq === 5 ? { ...row, actor: 'staff:U9' } : row))),
  ],
  [
    'an event taken out by somebody who has the keys',
    of(0, 'events is 14 in the row and 13 in its story'),
    (c) => rewrite(c, (events) => events.filter((row) => row.seq !== 17), sealedBy),
  ],
  [
    'a number left out by somebody who has the keys',
    of(0, 'the 14. event of its story is number 15'),
    (c) =>
      rewrite(c, (events) => events.map((row) => (row.seq === 17 ? { ...row, number: 15 } : row)), sealedBy),
  ],
  [
    'a name written into an event by somebody who has the keys',
    'event 7: is not in the words of the story',
    (c) =>
      rewrite(
        c,
        (events) =>
          events.map((row) =>
            row.seq === 7
              ? { ...row, body: '{"kind":"wrote","message":2,"file":null,"edits":true,"by":"Ravi"}' }
              : row,
          ),
        sealedBy,
      ),
  ],
  [
    'an actor whom nobody knows',
    'event 7: was done by nobody whom the story knows',
    (c) =>
      rewrite(
        c,
        (events) => events.map((row) => (row.seq === 7 ? { ...row, actor: 'Ravi Kumar' } : row)),
        sealedBy,
      ),
  ],
  [
    'a story that begins in the middle',
    of(3, 'its story does not begin with its opening'),
    (c) => rewrite(c, (events) => events.filter((row) => row.seq !== 28), sealedBy),
  ],
  [
    'the status',
    of(1, 'status is closed in the row and received in its story'),
    (c) => c.sql(`update cases set status = 'closed' where id = '${caseId(1)}'`),
  ],
  [
    'the way back',
    of(0, `chat_id is ${chatId(1)} in the row and ${chatId(0)} in its story`),
    (c) => c.sql(`update cases set chat_id = '${chatId(1)}' where id = '${caseId(0)}'`),
  ],
  [
    'the urgency',
    of(3, 'priority is P4 in the row and P0 in its story'),
    (c) => c.sql(`update cases set priority = 'P4' where id = '${caseId(3)}'`),
  ],
  [
    'the owner',
    of(0, 'owner_id is U9 in the row and U1 in its story'),
    (c) => c.sql(`update cases set owner_id = 'U9' where id = '${caseId(0)}'`),
  ],
  [
    'the promised date',
    /^case \w+: next_contact_at is 9 in the row and \d+ in its story$/,
    (c) => c.sql(`update cases set next_contact_at = 9 where id = '${caseId(0)}'`),
  ],
  [
    'since when it is overdue',
    /^case \w+: overdue_at is nothing in the row and \d+ in its story$/,
    (c) => c.sql(`update cases set overdue_at = null where id = '${caseId(2)}'`),
  ],
  [
    'a word where a code belongs',
    of(0, 'country is something else in the row and RU in its story'),
    (c) => c.sql(`update cases set country = 'with Ravi' where id = '${caseId(0)}'`),
  ],
  [
    'a case row removed',
    `case ${caseId(4)}: has a story and no row`,
    (c) => c.sql(`delete from cases where id = '${caseId(4)}'`),
  ],
  [
    'a case that nobody told',
    'case 0000000A: has a row and no story',
    (c) =>
      c.sql(
        `insert into cases select ${Object.keys(STORY.tables['cases']?.[0] ?? {})
          .map((name) => (name === 'id' ? `'${'a'.repeat(32)}'` : name === 'reference' ? "'0000000A'" : name))
          .join(', ')} from cases where id = '${caseId(0)}'`,
      ),
  ],
  [
    'the man’s file removed',
    `person ${personId(0)}: has a story and no row`,
    (c) => c.sql(`delete from people where id = '${personId(0)}'`),
  ],
  [
    'the outcome',
    `person ${personId(0)}: outcome is death_confirmed in the row and located in its story`,
    (c) => c.sql(`update people set outcome = 'death_confirmed' where id = '${personId(0)}'`),
  ],
  [
    'an outcome that nobody recorded',
    `person ${personId(1)}: outcome is located in the row and nothing in its story`,
    (c) => c.sql(`update people set outcome = 'located' where id = '${personId(1)}'`),
  ],
  [
    'a take-up removed',
    new RegExp(`^person ${personId(0)}: take-up \\w+ is missing$`),
    (c) => c.sql('delete from take_ups'),
  ],
  [
    'a take-up’s words',
    new RegExp(`^person ${personId(0)}: take-up \\w+ is not as it was written$`),
    (c) => c.sql(`update take_ups set content = 'v1.case.AAAA'`),
  ],
  [
    'a take-up’s door',
    new RegExp(`^person ${personId(0)}: take-up \\w+ is not as it was written$`),
    (c) => c.sql(`update take_ups set door = 'ministry_delhi'`),
  ],
  [
    'a take-up of another man',
    new RegExp(`^person ${personId(1)}: take-up \\w+ is not in its story$`),
    (c) => c.sql(`update take_ups set person_id = '${personId(1)}'`),
  ],
  [
    'what was agreed to',
    `chat ${chatId(0)}: consent 1 of 1 is not as it was given`,
    (c) =>
      c.sql(
        `update consents set purposes = '["desk","embassy_ministry","police"]' where chat_id = '${chatId(0)}'`,
      ),
  ],
  [
    'the notice that was agreed to',
    `chat ${chatId(0)}: consent 1 of 1 is not as it was given`,
    (c) => c.sql(`update consents set notice_version = 'x' where chat_id = '${chatId(0)}'`),
  ],
  [
    'a consent that was taken back',
    `chat ${chatId(2)}: consent 1 of 1 is not as it was given`,
    (c) => c.sql(`update consents set withdrawn_at = null where chat_id = '${chatId(2)}'`),
  ],
  [
    'a consent removed',
    `chat ${chatId(0)}: has agreed 1 times, and 0 consents are kept`,
    (c) => c.sql(`delete from consents where chat_id = '${chatId(0)}'`),
  ],
  [
    'a chat that was blocked',
    `chat ${chatId(4)}: is open in the row and not in its story`,
    (c) => c.sql(`update chats set blocked_at = null where id = '${chatId(4)}'`),
  ],
  [
    'how much a chat’s story holds',
    `chat ${chatId(4)}: 2 events tell of it, and 9 were written`,
    (c) => c.sql(`update chats set events = 9 where id = '${chatId(4)}'`),
  ],
  [
    'the newest version of an answer',
    of(0, 'person_name was given 2 times and is kept in 1 versions (1)'),
    (c) => c.sql(`delete from case_fields where field = 'person_name' and version = 2`),
  ],
  [
    'an answer that nobody gave',
    of(0, 'reporter_phone was given 0 times and is kept in 1 versions (1)'),
    (c) =>
      c.sql(
        `update case_fields set field = 'reporter_phone', version = 1 where field = 'person_name' and version = 2`,
      ),
  ],
  [
    'the last message',
    of(0, 'message № 4 is missing'),
    (c) => c.sql('delete from messages where number = 4'),
  ],
  [
    'a message in the middle',
    of(0, 'message № 2 is missing'),
    (c) => c.sql('delete from messages where number = 2'),
  ],
  [
    'a message that nobody wrote',
    of(0, 'message № 5 is not in its story'),
    (c) => c.sql('update messages set number = 5 where number = 4'),
  ],
  [
    'whose message it is',
    of(0, 'message № 4 is from family in the row and from note in its story'),
    (c) => c.sql(`update messages set sender = 'family' where number = 4`),
  ],
  [
    'what became of an answer',
    of(0, 'message № 3 is delivered in the row and failed in its story'),
    (c) => c.sql(`update messages set delivery = 'delivered' where number = 3`),
  ],
  [
    'a promise that nothing keeps',
    of(0, 'nothing will look at it again for promise: its timer is missing'),
    (c) => c.sql(`delete from timers where kind = 'promise' and subject = '${caseId(0)}'`),
  ],
  [
    'danger that nobody is called for',
    of(3, 'nothing will look at it again for untaken: its timer is missing'),
    (c) => c.sql(`delete from timers where kind = 'untaken'`),
  ],
  [
    'a second officer who is not waited for',
    of(1, 'nothing will look at it again for second: its timer is missing'),
    (c) => c.sql(`delete from timers where kind = 'second'`),
  ],
  [
    'what a waiting move says',
    of(1, 'what its waiting move says is not kept with it'),
    (c) => c.sql(`update cases set request_content = null where id = '${caseId(1)}'`),
  ],
  [
    'an older database in its place',
    `${END}is event ${LAST}, and story-head.json has seen event ${LAST + 1}: it was cut off, or an older backup was put back`,
    (c) => witnessed(c, { seq: LAST + 1, hash: 'f'.repeat(64) }),
  ],
  [
    'another story in its place',
    `event 20: is another one than story-head.json has seen`,
    (c) => witnessed(c, { seq: 20, hash: 'f'.repeat(64) }),
  ],
  [
    'a witness of their own',
    'story-head.json: was not sealed with the keys of this helpline',
    (c) => witnessed(c, headAt(20), NOBODYS_MAC),
  ],
];
