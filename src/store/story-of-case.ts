import { parseEvent } from '../core/case/events.ts';
import type { StoryLine } from '../core/register/register.ts';
import type { Db, Row } from './schema.ts';

/** The events of a case, of its person file and of its chat, in the order in which they happened; null without a case. */
export async function storyOfCase(db: Db, reference: string): Promise<StoryLine[] | null> {
  const one = await db
    .selectFrom('cases')
    .select(['id', 'person_id', 'chat_id'])
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (!one) return null;
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('subject', 'in', [`case:${one.id}`, `person:${one.person_id}`, `chat:${one.chat_id}`])
    .orderBy('seq')
    .execute();
  return rows.map(lineOf);
}

function lineOf(row: Row<'events'>): StoryLine {
  const [about = '', subject = ''] = row.subject.split(':');
  const told = { subject, at: row.at, actor: row.actor, number: row.number };
  const body: unknown = JSON.parse(row.body);
  if (about === 'case') return { ...told, about, event: parseEvent(about, body) };
  if (about === 'person') return { ...told, about, event: parseEvent(about, body) };
  return { ...told, about: 'chat', event: parseEvent('chat', body) };
}
