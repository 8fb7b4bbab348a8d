import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { form, small, textInput } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { caseTitle } from './case-card.ts';

/** For a head: an outcome that was wrong. */
export const takeBackForm = (card: CaseCard, labels: DeskLabels): types.ModalView =>
  form(FORMS.takeBack, { title: 'Take back', submit: 'Take back' }, { caseId: card.caseId }, [
    small(`${caseTitle(card)}  ·  now: ${labels.status(card.status)}`),
    small(
      'The case is again what it was before, and so is the man’s file. The story keeps both. Only a head of the desk may do this; if the family was told, a person must speak with them.',
    ),
    textInput(INPUTS.reason, 'Why was it wrong?', { multiline: true }),
  ]);
