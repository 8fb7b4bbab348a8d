import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseTitle } from './case-card.ts';
import { form, small, textInput } from '../blocks/form-blocks.ts';

/** A note among staff; it never reaches the family. */
export const noteForm = (card: CaseCard): types.ModalView =>
  form(FORMS.note, { title: 'Note for the desk', submit: 'Keep' }, { caseId: card.caseId }, [
    small(caseTitle(card)),
    textInput(INPUTS.text, 'Note', {
      multiline: true,
      hint: 'For the desk only. It is kept in the case, not in the channel, and never reaches the family.',
    }),
  ]);
