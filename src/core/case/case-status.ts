/**
 * The desk's statuses and the moves between them, in words:
 *
 * A case is `received`. Somebody takes it: `acknowledged`. The desk asks the family (`need_info`) or sends it through
 * one of two doors: `sent_to_embassy` (Moscow, to the Russian authorities) or `sent_to_ministry` (to the Russian
 * Embassy in New Delhi). Then it is `raised_with_russia`, a `reply_received`, and an outcome. An outcome can lead to
 * another one, to `travelling` and home. Anything can be `closed`; only a closed case can be `reopened`.
 * Every other move is refused, at every door.
 */
export const STATUSES = [
  'received',
  'acknowledged',
  'need_info',
  'sent_to_embassy',
  'sent_to_ministry',
  'raised_with_russia',
  'reply_received',
  'discharge_ordered',
  'located',
  'injured_confirmed',
  'captured_confirmed',
  'death_confirmed',
  'travelling',
  'returned',
  'remains_returned',
  'closed',
  'reopened',
] as const;

export type Status = (typeof STATUSES)[number];

const OUTCOMES: Status[] = [
  'discharge_ordered',
  'located',
  'injured_confirmed',
  'captured_confirmed',
  'death_confirmed',
];
const DOORS: Status[] = ['sent_to_embassy', 'sent_to_ministry'];

const MOVES: Record<Status, readonly Status[]> = {
  received: ['acknowledged', 'need_info', ...DOORS, 'closed'],
  acknowledged: ['need_info', ...DOORS, 'closed'],
  need_info: ['acknowledged', ...DOORS, 'closed'],
  sent_to_embassy: ['need_info', 'sent_to_ministry', 'raised_with_russia', 'closed'],
  sent_to_ministry: ['need_info', 'sent_to_embassy', 'raised_with_russia', 'closed'],
  raised_with_russia: ['need_info', ...DOORS, 'reply_received', 'closed'],
  reply_received: ['need_info', 'raised_with_russia', ...OUTCOMES, 'closed'],
  discharge_ordered: [
    'located',
    'injured_confirmed',
    'captured_confirmed',
    'death_confirmed',
    'travelling',
    'closed',
  ],
  located: [
    'raised_with_russia',
    'discharge_ordered',
    'injured_confirmed',
    'captured_confirmed',
    'death_confirmed',
    'travelling',
    'closed',
  ],
  injured_confirmed: [
    'raised_with_russia',
    'discharge_ordered',
    'located',
    'captured_confirmed',
    'death_confirmed',
    'travelling',
    'closed',
  ],
  captured_confirmed: [
    'raised_with_russia',
    'discharge_ordered',
    'located',
    'injured_confirmed',
    'death_confirmed',
    'travelling',
    'closed',
  ],
  death_confirmed: ['remains_returned', 'closed'],
  travelling: ['located', 'returned', 'closed'],
  returned: ['closed'],
  remains_returned: ['closed'],
  closed: ['reopened'],
  reopened: ['acknowledged', 'need_info', ...DOORS, 'closed'],
};

/** The statuses that a case may move to from `from`, in the order of `STATUSES`. */
export const movesFrom = (from: Status): Status[] =>
  STATUSES.filter((status) => MOVES[from].includes(status));

/** True when the desk may move a case from one status to the other. */
export const mayMove = (from: Status, to: Status): boolean => MOVES[from].includes(to);

/**
 * Statuses that a person must hear from a person, by voice or face to face: no text of ours may carry them,
 * not even a status answer. Source: do-no-harm requirement R14.
 */
const ONLY_BY_VOICE: readonly Status[] = [
  'injured_confirmed',
  'captured_confirmed',
  'death_confirmed',
  'remains_returned',
];
/** Good news is not ours to announce either: a release that is called off is a second loss. */
const ONLY_BY_DESK: readonly Status[] = ['discharge_ordered', 'located', 'travelling', 'returned'];

/** What a family may be shown of a status by the bot itself; `with_desk` says only that a person will speak to them. */
export const shownToFamily = (status: Status): Status | 'with_desk' =>
  ONLY_BY_VOICE.includes(status) || ONLY_BY_DESK.includes(status) ? 'with_desk' : status;

/** A statement that a case was taken up with the other side needs a take-up on record. */
export const needsTakeUp = (to: Status): boolean => to === 'raised_with_russia';

/** An outcome belongs to the man, and so to the person file, that all relatives' cases share. */
export const isOutcome = (status: Status): boolean =>
  OUTCOMES.includes(status) ||
  status === 'travelling' ||
  status === 'returned' ||
  status === 'remains_returned';

export const PRIORITIES = ['P0', 'P1', 'P2', 'P3', 'P4'] as const;
/** P0 is the most urgent. */
export type Priority = (typeof PRIORITIES)[number];

/** The more urgent of the two: what a machine may do. Only staff may lower. */
export const raised = (a: Priority, b: Priority): Priority => (a < b ? a : b);
