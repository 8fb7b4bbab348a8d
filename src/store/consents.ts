import type { UnitOfWork } from '../core/register/register.ts';
import type { UnitContext } from './unit-context.ts';

export const consents = ({ tx, now }: UnitContext): UnitOfWork['consents'] => ({
  async record(consent) {
    await tx
      .insertInto('consents')
      .values({
        chat_id: consent.chatId,
        notice_version: consent.noticeVersion,
        notice_hash: consent.noticeHash,
        language: consent.language,
        purposes: JSON.stringify(consent.purposes),
        at: consent.at,
        withdrawn_at: consent.withdrawnAt,
      })
      .execute();
  },
  async latest(chatId) {
    const row = await tx
      .selectFrom('consents')
      .selectAll()
      .where('chat_id', '=', chatId)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    return {
      chatId,
      noticeVersion: row.notice_version,
      noticeHash: row.notice_hash,
      language: row.language,
      purposes: JSON.parse(row.purposes),
      at: row.at,
      withdrawnAt: row.withdrawn_at,
    };
  },
  async withdraw(chatId) {
    await tx
      .updateTable('consents')
      .set({ withdrawn_at: now })
      .where('chat_id', '=', chatId)
      .where('withdrawn_at', 'is', null)
      .execute();
  },
});
