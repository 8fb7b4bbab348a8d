import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { FieldValues } from '../../../core/case/case-record.ts';
import type { RichText } from '../../../core/words/rich-text.ts';
import { clip } from '../../../core/words/rich-text.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseTitle } from './case-card.ts';
import { ago } from '../blocks/dates.ts';
import { form, selectInput, small, textInput } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { literal, richTextBlocks } from '../blocks/rich-text.ts';

/** Longest answer that a preview and Telegram's message both hold. */
export const REPLY_LIMIT = 3000;

const TAG = /^[A-Za-z][\w-]{1,34}$/;

/** First step: what to say to whom, in which language. */
export function replyForm(card: CaseCard, labels: DeskLabels, now: number): types.ModalView {
  const languages = [...new Set([card.language, ...labels.languages])].filter((tag) => TAG.test(tag));
  return form(FORMS.reply, { title: 'Answer the family', submit: 'Preview' }, { caseId: card.caseId }, [
    small(`${caseTitle(card)}  ·  ${labels.status(card.status)}`),
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'To: ' },
            { type: 'text', text: `the family of case ${card.reference}`, style: { bold: true } },
            {
              type: 'text',
              text: `, who write in ${clip(labels.language(card.language), 80)} and wrote last `,
            },
            ago(card.familyAt, now),
            ...(card.blocked
              ? [
                  {
                    type: 'text' as const,
                    text: '\n⛔ They have blocked the helpline.',
                    style: { bold: true },
                  },
                ]
              : []),
          ],
        },
      ],
    },
    selectInput(
      INPUTS.language,
      'Language of your answer',
      languages.map((tag) => ({ value: tag, label: labels.language(tag) })),
      card.language,
    ),
    textInput(INPUTS.text, 'Your answer', {
      multiline: true,
      max: REPLY_LIMIT,
      hint: 'The family sees these words as they are, after a line with your name, the reference and the number of the message. Write in their language: nothing is translated. Nothing is sent before you have seen the preview.',
    }),
  ]);
}

/** Second step: all that will be sent, and to whom. Carries the draft's id, never its text. */
export function replyPreview(
  draft: { draft: string; preview: RichText; to: FieldValues },
  caseId: string,
  labels: DeskLabels,
): types.ModalView {
  const { reporter_name: name, reporter_role: role } = draft.to;
  const to =
    [name, role && labels.value('reporter_role', role)].filter(Boolean).join(', ') ||
    'the family, no name given';
  return form(
    FORMS.preview,
    { title: 'Is this right?', submit: 'Send', close: 'Back' },
    { draft: draft.draft, caseId },
    [
      ...literal(`To: ${to}`),
      { type: 'divider' },
      ...richTextBlocks(draft.preview),
      { type: 'divider' },
      small(
        'This is the whole message as the family will see it; only its № is higher if something is written in the case before you send it. Send it, or go back and change it.',
      ),
    ],
  );
}

/** Instead of the preview, when the answer could not be sent. */
export const replyRefused = (words: string): types.ModalView =>
  form(FORMS.notice, { title: 'Not sent', close: 'Close' }, {}, literal(words));
