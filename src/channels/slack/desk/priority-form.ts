import type { types } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import { PRIORITIES } from '../../../core/case/case-status.ts';
import { FORMS, INPUTS } from '../blocks/action-ids.ts';
import { caseTitle, colour } from './case-card.ts';
import { form, radioInput, small } from '../blocks/form-blocks.ts';
import type { DeskLabels } from '../blocks/labels.ts';

/** How urgent a case is; only staff may lower it. */
export const priorityForm = (card: CaseCard, labels: DeskLabels): types.ModalView =>
  form(FORMS.priority, { title: 'Priority', submit: 'Set' }, { caseId: card.caseId }, [
    small(caseTitle(card)),
    radioInput(
      INPUTS.priority,
      'How urgent is it?',
      PRIORITIES.map((priority) => ({
        value: priority,
        label: `${colour(priority)} ${labels.priority(priority)}`,
        hint: labels.priorityHint(priority),
      })),
      { selected: card.priority },
    ),
  ]);
