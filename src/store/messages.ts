import type { CaseMessage, NewMessage, UnitOfWork } from '../core/register/register.ts';
import type { Row } from './schema.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (messageId: string): Place => ['messages', messageId, 'content'];

type Content = Pick<CaseMessage, 'text' | 'author' | 'attachment'>;

export function messages(unit: UnitContext): UnitOfWork['messages'] {
  const { tx, engine } = unit;
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
  const nextNumber = async (caseId: string): Promise<number> => {
    if (engine === 'postgres') {
      await tx.selectFrom('cases').select('id').where('id', '=', caseId).forNoKeyUpdate().execute();
    }
    const last = await tx
      .selectFrom('messages')
      .select((e) => e.fn.max('number').as('number'))
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    return (last?.number ?? 0) + 1;
  };
  return {
    async add(message: NewMessage) {
      const id = unit.newId();
      const number = await nextNumber(message.caseId);
      const box = await unit.caseKeys.of(message.caseId);
      const { text, author, attachment } = message;
      const content: Content = { text, author, attachment };
      await tx
        .insertInto('messages')
        .values({
          id,
          case_id: message.caseId,
          number,
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
      return { ...message, id, number };
    },
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
    async setDelivery(id, delivery, failure) {
      await tx
        .updateTable('messages')
        .set({ delivery, failure: failure ?? null })
        .where('id', '=', id)
        .execute();
    },
    async count(caseId) {
      const rows = await tx
        .selectFrom('messages')
        .select([
          'sender',
          'delivery',
          (e) => e.fn.countAll<number>().as('count'),
          (e) => e.fn.max('number').as('last'),
        ])
        .where('case_id', '=', caseId)
        .groupBy(['sender', 'delivery'])
        .execute();
      const sum = (wanted: (row: (typeof rows)[number]) => boolean): number =>
        rows.filter(wanted).reduce((total, row) => total + row.count, 0);
      return {
        family: sum((row) => row.sender === 'family'),
        desk: sum((row) => row.sender === 'desk'),
        undelivered: sum((row) => row.delivery === 'failed' || row.delivery === 'unknown'),
        last: Math.max(0, ...rows.map((row) => row.last)),
      };
    },
  };
}
