import type {
  CaseMessage,
  CaseRecord,
  Consent,
  FieldValues,
  Officer,
  Purpose,
  TakeUpContent,
} from '../case/case-record.ts';
import type { EventRefusal } from '../case/apply-event.ts';
import type { CaseEvent, ChatEvent } from '../case/events.ts';
import type { Status } from '../case/case-status.ts';
import type { RequestContent } from './register.ts';

/** Who did it. The name of an officer is kept sealed, beside the story. */
export type Actor = { family: string } | { staff: Officer } | 'helpline';

type EventOf<Kind extends CaseEvent['kind']> = Extract<CaseEvent, { kind: Kind }>;
type Words = Pick<CaseMessage, 'text' | 'attachment' | 'language' | 'platformId' | 'edits' | 'at'>;

/**
 * Something that happened, with what was said: the codes go into the story, the words into their sealed place. What the
 * register knows by itself (numbers, ids, sums) is left out here.
 */
export type Happened = { by: Actor } & (
  | ({ case: null; values: FieldValues } & Omit<EventOf<'opened'>, 'personId' | 'fields'>)
  | ({ case: string; values: FieldValues } & Omit<EventOf<'told'>, 'fields'>)
  | { case: string; kind: 'wrote'; words: Words }
  | { case: string; kind: 'replied'; words: Words & { language: string }; due: number | null }
  | { case: string; kind: 'noted'; text: string }
  | ({ case: string; messageId: string } & Omit<EventOf<'delivery'>, 'message'>)
  | {
      case: string;
      kind: 'second';
      what: 'asked';
      to: Status;
      beyondConsent: boolean;
      content: RequestContent;
    }
  | { case: string; kind: 'second'; what: 'confirmed' | 'refused' | 'lapsed' }
  | Plain<PlainKind>
  | { case: string; kind: 'taken-up'; second: Officer; takeUp: TakeUpContent }
  | { case: string; kind: 'outcome'; to: Status | null }
  | {
      chat: string;
      kind: 'consent';
      consent: Omit<Consent, 'chatId' | 'at' | 'withdrawnAt'>;
      purposes: Purpose[];
    }
  | ({ chat: string } & Extract<ChatEvent, { kind: 'withdrawn' | 'blocked' | 'unblocked' }>)
);

/** Nothing is sealed beside these. */
type Plain<Kind extends PlainKind> = Kind extends PlainKind ? { case: string } & EventOf<Kind> : never;

type PlainKind =
  | 'danger'
  | 'raised'
  | 'graded'
  | 'taken'
  | 'released'
  | 'status'
  | 'taken-back'
  | 'promise'
  | 'form'
  | 'language'
  | 'wanted'
  | 'advised'
  | 'read'
  | 'found'
  | 'drafted'
  | 'alarm';

/** What recording gives back: the case as it is now, and the message that was added. */
export type Recorded<Fact extends Happened> = Fact extends { kind: 'wrote' | 'replied' | 'noted' }
  ? { one: CaseRecord; message: CaseMessage }
  : Fact extends { case: unknown }
    ? { one: CaseRecord }
    : object;

/** Thrown by `record`: it can't happen to the case as it is. */
export class Impossible extends Error {
  override name = 'Impossible';
  readonly refusal: EventRefusal;
  constructor(refusal: EventRefusal) {
    super(refusal.why);
    this.refusal = refusal;
  }
}
