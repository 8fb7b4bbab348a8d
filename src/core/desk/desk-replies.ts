import type { DeskActions } from './desk.ts';
import { actor, NO_SUCH_CASE, wantsNoWord, write } from './desk-writing.ts';
import type { Knowledge } from '../case/knowledge.ts';
import type { Log } from '../log.ts';
import { randomToken } from './random-token.ts';
import type { CaseRecord, Officer } from '../case/case-record.ts';
import type { Register } from '../register/register.ts';
import type { RichText } from '../words/rich-text.ts';
import { nextContact } from '../case/triage.ts';

const DRAFT_TTL_MS = 24 * 3600_000;

/** An answer that was previewed. Once it is sent its text is gone from here, and `sent` is its №. */
type Draft = { caseId: string; officer: string; text: string; language: string; sent: number | null };

/** An officer's own words to a family: written, previewed, sent once. */
export function deskReplies({
  register,
  knowledge,
  random,
  log,
}: {
  register: Pick<Register, 'work'>;
  knowledge: () => Knowledge;
  random: (bytes: number) => Uint8Array;
  log: Log;
}): Pick<DeskActions, 'draftReply' | 'sendReply'> {
  return {
    draftReply: (officer, caseId, text, language) =>
      register.work(async (unit): Promise<Awaited<ReturnType<DeskActions['draftReply']>>> => {
        const one = await unit.cases.byId(caseId);
        if (!one) return NO_SUCH_CASE;
        if ((await unit.chats.byId(one.chatId))?.blockedAt != null) return { done: false, why: 'blocked' };
        if (await wantsNoWord(unit, one)) return { done: false, why: 'withdrawn' };
        const draft = randomToken(random);
        const kept: Draft = { caseId, officer: officer.id, text, language, sent: null };
        await unit.drafts.set(draft, JSON.stringify(kept), DRAFT_TTL_MS);
        const { reporter_role, reporter_name } = await unit.fields.read(caseId);
        await unit.audit({
          actor: actor(officer),
          action: 'reply-drafted',
          object: `case:${caseId}`,
          fields: ['reporter_role', 'reporter_name'],
        });
        const number = (await unit.messages.count(caseId)).last + 1;
        return {
          done: true,
          draft,
          preview: replyText(knowledge(), one, officer, kept, number),
          to: {
            ...(reporter_role === undefined ? {} : { reporter_role }),
            ...(reporter_name === undefined ? {} : { reporter_name }),
          },
        };
      }),

    /** Once a draft, whoever sends it off and however often: what was sent leaves its number in the draft's place. */
    sendReply: (officer, draftId, _press) =>
      register.work(async (unit): Promise<Awaited<ReturnType<DeskActions['sendReply']>>> => {
        const stored = await unit.drafts.get(draftId);
        if (stored === null) return { done: false, why: 'draft-gone' };
        const draft = readDraft(stored);
        if (draft.officer !== officer.id) return { done: false, why: 'draft-gone' };
        const one = await unit.cases.byId(draft.caseId);
        if (!one) return NO_SUCH_CASE;
        if (draft.sent !== null) return { done: true, number: draft.sent };
        if ((await unit.chats.byId(one.chatId))?.blockedAt != null) return { done: false, why: 'blocked' };
        if (await wantsNoWord(unit, one)) return { done: false, why: 'withdrawn' };
        if (!(await unit.firstTime('draft', draftId)))
          return { done: true, number: (await unit.messages.count(one.id)).last };
        const message = await unit.messages.add({
          caseId: one.id,
          from: 'desk',
          author: officer,
          text: draft.text,
          attachment: null,
          language: draft.language,
          at: unit.now,
          delivery: 'waiting',
          failure: null,
          platformId: null,
          edits: null,
        });
        const text = replyText(knowledge(), one, officer, draft, message.number);
        await unit.send({
          kind: 'message',
          chatId: one.chatId,
          caseId: one.id,
          messageId: message.id,
          message: { text, buttons: [], language: draft.language },
          whenUnknown: 'ask-desk',
        });
        await write(
          unit,
          officer,
          one,
          { deskAt: unit.now, nextContactAt: nextContact(one.priority, unit.now) },
          'reply-sent',
          ['text'],
        );
        await unit.send({
          kind: 'card-line',
          caseId: one.id,
          line: { what: 'reply', by: officer.name, number: message.number },
        });
        const gone: Draft = { ...draft, text: '', sent: message.number };
        await unit.drafts.set(draftId, JSON.stringify(gone), DRAFT_TTL_MS);
        log('desk-acted', { caseId: one.id, kind: 'reply' });
        return { done: true, number: message.number };
      }),
  };
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

function readDraft(stored: string): Draft {
  const read: unknown = JSON.parse(stored);
  const { caseId, officer, text, language, sent } = Object(read);
  return {
    caseId: String(caseId),
    officer: String(officer),
    text: String(text),
    language: String(language),
    sent: typeof sent === 'number' ? sent : null,
  };
}
