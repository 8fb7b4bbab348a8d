import type { CaseRecord, Officer } from '../case/case-record.ts';
import type { Knowledge } from '../case/knowledge.ts';
import { nextContact } from '../case/triage.ts';
import type { RichText } from '../words/rich-text.ts';
import type { Act, DeskParts, Hands } from './act.ts';
import type { DeskActions, Refusal } from './desk.ts';
import { randomToken } from './random-token.ts';
import { hasFamily, wantsNoWord } from './telling.ts';

const DRAFT_TTL_MS = 24 * 3600_000;

/** An answer that was previewed. Once it is sent its text is gone from here, and `sent` is its №. */
type Draft = { caseId: string; officer: string; text: string; language: string; sent: number | null };

type Replies = Pick<DeskActions, 'draftReply' | 'sendReply'>;

/** An officer's own words to a family: written, previewed, sent once. */
export const replying = (act: Act, { register, knowledge, random }: DeskParts): Replies => ({
  draftReply: (staff, caseId, text, language) =>
    act.read('draftReply', staff, caseId, async (hands): ReturnType<Replies['draftReply']> => {
      const { unit, one } = hands;
      const refused = await unreachable(hands);
      if (refused) return refused;
      const draft = randomToken(random);
      const kept: Draft = { caseId, officer: staff.id, text, language, sent: null };
      await unit.drafts.set(draft, JSON.stringify(kept), DRAFT_TTL_MS);
      const { reporter_role, reporter_name } = await unit.fields.read(caseId);
      await unit.record({
        by: { staff },
        case: caseId,
        kind: 'read',
        fields: ['reporter_role', 'reporter_name'],
      });
      await unit.record({ by: { staff }, case: caseId, kind: 'drafted' });
      return {
        done: true,
        draft,
        preview: replyText(knowledge(), one, staff, kept, one.messages + 1),
        to: {
          ...(reporter_role === undefined ? {} : { reporter_role }),
          ...(reporter_name === undefined ? {} : { reporter_name }),
        },
      };
    }),

  /** Once a draft, whoever sends it off and however often: what was sent leaves its number in the draft's place. */
  sendReply: async (staff, draftId): ReturnType<Replies['sendReply']> => {
    const draft = await register.work(async (unit) => readDraft(await unit.drafts.get(draftId)));
    if (!draft || draft.officer !== staff.id) return { done: false, why: 'draft-gone' };
    return act.read('sendReply', staff, draft.caseId, async (hands): ReturnType<Replies['sendReply']> => {
      const { unit, one, desk } = hands;
      // The case is held now: whoever sent this draft off meanwhile has left its number here.
      const now = readDraft(await unit.drafts.get(draftId));
      if (!now) return { done: false, why: 'draft-gone' };
      if (now.sent !== null) return { done: true, number: now.sent };
      const refused = await unreachable(hands);
      if (refused) return refused;
      const { message } = await unit.record({
        by: { staff },
        case: one.id,
        kind: 'replied',
        due: nextContact(one.priority, unit.now, desk.hours),
        words: {
          text: draft.text,
          attachment: null,
          language: draft.language,
          platformId: null,
          edits: null,
          at: unit.now,
        },
      });
      const text = replyText(knowledge(), one, staff, draft, message.number);
      await unit.send({
        kind: 'message',
        chatId: one.chatId,
        caseId: one.id,
        messageId: message.id,
        message: { text, buttons: [], language: draft.language },
        whenUnknown: 'ask-desk',
      });
      const line = { what: 'reply' as const, by: staff.name, number: message.number };
      await unit.send({ kind: 'card-line', caseId: one.id, line });
      const gone: Draft = { ...draft, text: '', sent: message.number };
      await unit.drafts.set(draftId, JSON.stringify(gone), DRAFT_TTL_MS);
      return { done: true, number: message.number };
    });
  },
});

/** Why nothing can be written to the family of this case at this moment. */
async function unreachable({ unit, one }: Hands): Promise<Refusal | null> {
  if (!hasFamily(one)) return { done: false, why: 'no-family' };
  if ((await unit.chats.byId(one.chatId))?.blockedAt != null) return { done: false, why: 'blocked' };
  return (await wantsNoWord(unit, one)) ? { done: false, why: 'withdrawn' } : null;
}

/** What the family sees: who writes, about which case, under which number, and the officer's words as they are. */
function replyText(
  knowledge: Knowledge,
  one: CaseRecord,
  officer: Officer,
  draft: Draft,
  number: number,
): RichText {
  const speech = knowledge.speech(draft.language);
  const words: RichText = draft.text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => ({ kind: 'paragraph', children: [{ text: part.trim() }] }));
  return speech.say('desk.reply', { reference: one.reference, owner: officer.name, number, words });
}

function readDraft(stored: string | null): Draft | null {
  if (stored === null) return null;
  const { caseId, officer, text, language, sent } = Object(JSON.parse(stored));
  return {
    caseId: String(caseId),
    officer: String(officer),
    text: String(text),
    language: String(language),
    sent: typeof sent === 'number' ? sent : null,
  };
}
