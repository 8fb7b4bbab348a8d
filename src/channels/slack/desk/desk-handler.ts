import type { types } from '@slack/bolt';
import type { Staff } from '../../../core/desk/staff.ts';
import type { FormValues } from '../blocks/form-values.ts';

/** How a form may be answered. Without an argument it closes. */
export type FormAnswer =
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update' | 'push'; view: types.ModalView }
  | { response_action: 'clear' };

/** A button of a card, of a list or of a form, pressed by somebody of the desk. */
export type Press = {
  staff: Staff;
  /** The button's value, or that of the chosen option. */
  value: string;
  /** Slack's id of this one press: the same when it is delivered again. */
  key: string;
  triggerId: string;
  /** The form that the press was made in. */
  view: { id: string; hash: string; meta: string; values: FormValues } | null;
  ack(): Promise<void>;
  /** Tells the presser alone. */
  tell(text: string): Promise<void>;
};

/** A form sent off by somebody of the desk. */
export type Submission = {
  staff: Staff;
  values: FormValues;
  /** What we put into the form when it was opened. */
  meta: string;
  key: string;
  ack(answer?: FormAnswer): Promise<void>;
};

export type CommandCall = {
  staff: Staff;
  text: string;
  ack(answer: { text: string; blocks?: types.KnownBlock[] }): Promise<void>;
};

/**
 * What staff can do in Slack. A handler only ever gets somebody whom the gate has let in, and acknowledges after its
 * own commit.
 */
export type DeskHandler =
  | { kind: 'press'; id: string; handle(press: Press): Promise<void> }
  | { kind: 'form'; id: string; handle(submission: Submission): Promise<void> }
  | { kind: 'command'; id: string; handle(call: CommandCall): Promise<void> };
