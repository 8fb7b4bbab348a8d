import type { CaseRecord } from '../case/case-record.ts';
import { isWithdrawn } from '../case/consent.ts';
import type { Knowledge } from '../case/knowledge.ts';
import { saying } from '../family/family-texts.ts';
import type { UnitOfWork } from '../register/register.ts';
import { reachesFamilies } from '../words/messages.ts';

/** The family has taken its consent back and has said nothing in this case since: nobody writes to it any more. */
export const wantsNoWord = async (unit: UnitOfWork, one: CaseRecord): Promise<boolean> =>
  isWithdrawn(await unit.consents.latest(one.chatId), one);

/** Staff opened it: who told them can't be written to, and what is written for a family never goes to Slack. */
export const hasFamily = (one: CaseRecord): boolean => reachesFamilies(one.channel);

/**
 * Sends the family a standard sentence, if there is one to write to that wants to be. True when it is on its way: only
 * then has the family been told.
 */
export async function tellFamily(
  unit: UnitOfWork,
  knowledge: Knowledge,
  one: CaseRecord,
  key: string,
  slots: Record<string, string> = {},
): Promise<boolean> {
  if (!hasFamily(one) || (await wantsNoWord(unit, one))) return false;
  await unit.send({
    kind: 'message',
    chatId: one.chatId,
    caseId: one.id,
    messageId: null,
    message: saying(knowledge.speech(one.language), key, { reference: one.reference, ...slots }),
    whenUnknown: 'repeat',
  });
  return true;
}
