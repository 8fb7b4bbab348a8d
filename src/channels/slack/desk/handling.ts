import type { types, webApi } from '@slack/bolt';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { DeskActions, Done, Refusal } from '../../../core/desk/desk.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import type { FormAnswer, Press, Submission } from './desk-handler.ts';
import type { Home } from './home.ts';
import type { Bars } from './may-open.ts';
import { refusalText } from './refusal-text.ts';

/** What the handlers of the desk are made of. */
export type HandlerParts = {
  desk: DeskActions;
  client: webApi.WebClient;
  home: Home;
  /** Whether an officer is of the desk of these cases no more. */
  hasLeft: (user: string, desk: string) => Promise<boolean>;
  labels: DeskLabels;
  now: () => number;
  /** The day that it is at this desk now, YYYY-MM-DD. */
  today: (desk: string) => string;
};

/** A form stays open, with these words under one of its fields. */
export const errorUnder = (input: string, words: string): FormAnswer => ({
  response_action: 'errors',
  errors: { [input]: words },
});

/** The ways in which nearly all presses and forms are handled: commit first, acknowledge then. */
export function handling({ desk, client, home, labels }: HandlerParts) {
  const words = (refusal: Refusal): string => refusalText(refusal, labels);

  /** A press that changes the case. */
  const change =
    (act: (press: Press) => Promise<Done>) =>
    async (press: Press): Promise<void> => {
      const result = await act(press);
      await press.ack();
      if (!result.done) await press.tell(words(result));
      await home.refresh(press.staff);
    };

  /** A press that opens a form in which the case is changed; not for those who could never send it off. */
  const open =
    (view: (card: CaseCard) => types.ModalView, bars: Bars) =>
    async (press: Press): Promise<void> => {
      const seen = await desk.look(press.staff, press.value);
      const refusal = seen.done ? bars(press.staff, seen.card) : seen;
      if (seen.done && !refusal)
        await client.views.open({ trigger_id: press.triggerId, view: view(seen.card) });
      await press.ack();
      if (refusal) await press.tell(words(refusal));
    };

  /** A form that changes the case; a refusal is shown under its first field. */
  const commit = async (submission: Submission, field: string, act: () => Promise<Done>): Promise<void> => {
    const result = await act();
    await submission.ack(result.done ? undefined : errorUnder(field, words(result)));
    if (result.done) await home.refresh(submission.staff);
  };

  return { words, change, open, commit };
}

export type Handling = ReturnType<typeof handling>;
