import type { CaseMessage, Delivery } from '../core/case/case-record.ts';
import type { UnitOfWork } from '../core/register/register.ts';
import type { Row } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (messageId: string): Place => ['messages', messageId, 'content'];

/** Whose message each event of words brings. */
export const SENDERS = { wrote: 'family', replied: 'desk', noted: 'note' } as const;

type Content = Pick<CaseMessage, 'text' | 'author' | 'attachment'>;

/** Keeps a message under its №, its words sealed. */
export async function addMessage(unit: UnitContext, message: Omit<CaseMessage, 'id'>): Promise<CaseMessage> {
  const id = unit.newId();
  const box = await unit.caseKeys.of(message.caseId);
  const { text, author, attachment } = message;
  const content: Content = { text, author, attachment };
  await unit.tx
    .insertInto('messages')
    .values({
      id,
      case_id: message.caseId,
      number: message.number,
      sender: message.from,
      content: box.seal(JSON.stringify(content), place(id)),
      language: message.language,
      at: message.at,
      delivery: message.delivery,
      failure: message.failure,
      platform_id: message.platformId,
      edits: message.edits,
    })
    .execute();
  return { ...message, id };
}

/** Marks one of a case's messages with its fate and gives its №. Throws when the case has no such message. */
export async function setDelivery(
  { tx }: UnitContext,
  { caseId, messageId, delivery, failure }: SetDelivery,
): Promise<number> {
  const row = await tx
    .updateTable('messages')
    .set({ delivery, failure })
    .where('id', '=', messageId)
    .where('case_id', '=', caseId)
    .returning('number')
    .executeTakeFirst();
  if (!row) throw new Error('there is no such message');
  return row.number;
}

type SetDelivery = { caseId: string; messageId: string; delivery: Delivery; failure: string | null };

export function messages(unit: UnitContext): UnitOfWork['messages'] {
  const { tx } = unit;
  const record = async (row: Row<'messages'>): Promise<CaseMessage> => {
    const box = await unit.caseKeys.of(row.case_id);
    const content: Content = JSON.parse(box.open(row.content, place(row.id)));
    return {
      id: row.id,
      caseId: row.case_id,
      number: row.number,
      from: row.sender,
      author: content.author,
      text: content.text,
      attachment: content.attachment,
      language: row.language,
      at: row.at,
      delivery: row.delivery,
      failure: row.failure,
      platformId: row.platform_id,
      edits: row.edits,
    };
  };
  return {
    async byId(id) {
      const row = await tx.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? record(row) : null;
    },
    async ofCase(caseId, limit) {
      const rows = await tx
        .selectFrom('messages')
        .selectAll()
        .where('case_id', '=', caseId)
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      const all: CaseMessage[] = [];
      for (const row of rows.toReversed()) all.push(await record(row));
      return all;
    },
    async byPlatformId(chatId, platformId) {
      const row = await tx
        .selectFrom('messages')
        .innerJoin('cases', 'cases.id', 'messages.case_id')
        .selectAll('messages')
        .where('messages.platform_id', '=', platformId)
        .where('cases.chat_id', '=', chatId)
        .orderBy('messages.at', 'desc')
        .orderBy('messages.number', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? record(row) : null;
    },
    async count(caseId) {
      const rows = await tx
        .selectFrom('messages')
        .select(['sender', (e) => e.fn.countAll<number>().as('count')])
        .where('case_id', '=', caseId)
        .groupBy('sender')
        .execute();
      const last = await tx
        .selectFrom('messages')
        .select(['number', 'delivery'])
        .where('case_id', '=', caseId)
        .where('sender', '=', 'desk')
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      const of = (sender: CaseMessage['from']): number =>
        rows.find((row) => row.sender === sender)?.count ?? 0;
      return { family: of('family'), desk: of('desk'), last: last ?? null };
    },
  };
}
