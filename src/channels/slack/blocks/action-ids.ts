/** The names by which Slack tells us what was pressed or sent. Cards in the channel carry them for years: never reuse one. */
export const ACTIONS = {
  take: 'take',
  release: 'release',
  reply: 'reply',
  details: 'details',
  status: 'status',
  priority: 'priority',
  note: 'note',
  /** The menu of what is wanted less often; its options carry `<action>|<case>`. */
  more: 'more',
  /** The move that waits for a second officer. */
  second: 'second',
  /** Inside the form of that move: refuse it, or take it back. */
  refuseSecond: 'refuse_second',
  takeBack: 'take_back',
  /** Inside the status form: another status was chosen. */
  statusChosen: 'to',
} as const;

export const FORMS = {
  reply: 'reply_form',
  preview: 'reply_preview',
  status: 'status_form',
  priority: 'priority_form',
  note: 'note_form',
  second: 'second_form',
  takeBack: 'take_back_form',
  details: 'details_view',
  notice: 'notice_view',
} as const;

export const COMMAND = '/helpline';

/** Buttons under the helpline's answers to staff: `answer:0`, `answer:1` … */
export const ANSWER_BUTTON = /^answer:\d+$/;

/** Inputs of the forms: `block_id` and `action_id` alike. */
export const INPUTS = {
  text: 'text',
  language: 'language',
  to: ACTIONS.statusChosen,
  evidence: 'evidence',
  tell: 'tell',
  priority: 'priority_choice',
  door: 'door',
  counterpart: 'counterpart',
  date: 'date',
  reference: 'reference',
  voice: 'voice',
  reason: 'reason',
} as const;

/** `metadata.event_type` of what we post, by which it is found again after a lost answer. */
export const METADATA = { card: 'helpline_case', line: 'helpline_line' } as const;
