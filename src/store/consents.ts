import type { Consent } from '../core/case/case-record.ts';
import type { UnitOfWork } from '../core/register/register.ts';
import type { UnitContext } from './unit-context.ts';

/** Keeps what a person has agreed to. */
export async function addConsent(
  { tx, now }: UnitContext,
  consent: Omit<Consent, 'at' | 'withdrawnAt'>,
): Promise<void> {
  await tx
    .insertInto('consents')
    .values({
      chat_id: consent.chatId,
      notice_version: consent.noticeVersion,
      notice_hash: consent.noticeHash,
      language: consent.language,
      purposes: JSON.stringify(consent.purposes),
      at: now,
      withdrawn_at: null,
    })
    .execute();
}

/** All of a chat's consents are withdrawn together. */
export async function withdrawConsents({ tx, now }: UnitContext, chatId: string): Promise<void> {
  await tx
    .updateTable('consents')
    .set({ withdrawn_at: now })
    .where('chat_id', '=', chatId)
    .where('withdrawn_at', 'is', null)
    .execute();
}

export const consents = ({ tx }: UnitContext): UnitOfWork['consents'] => ({
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
});
