import type { Purpose } from './case-record.ts';

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

/** What stands in the one table of statuses. A status that is not in it cannot exist. */
export type StatusRule = {
  moves: readonly Status[];
  /**
   * Who tells the family that it came to this: the bot's standard sentence, the desk in its own words, or a person by
   * voice. Source: do-no-harm requirement R14, no text of ours carries a death, a capture, an injury or a release.
   */
  told: 'bot' | 'desk' | 'voice';
  /** It is the man's: it belongs to the person file, that all relatives' cases share. */
  outcome?: true;
  /** Beside evidence, which every move wants. */
  needs?: {
    /** Door, counterpart, date and reference of a take-up. */
    takeUp?: true;
    /** A second officer who presses Confirm. */
    second?: true;
    /** The purpose that the family must have agreed to. */
    consent?: Purpose;
    /** The answer to "has a person told the family by voice?". */
    voice?: true;
  };
};

const OUTCOMES = [
  'discharge_ordered',
  'located',
  'injured_confirmed',
  'captured_confirmed',
  'death_confirmed',
] as const satisfies Status[];
const THE_DOORS = ['sent_to_embassy', 'sent_to_ministry'] as const satisfies Status[];

/** From one outcome to the others, back to Russia, or home. */
const fromOutcome = (own: Status): Status[] => [
  'raised_with_russia',
  ...OUTCOMES.filter((outcome) => outcome !== own),
  'travelling',
  'closed',
];

export const STATUS_TABLE: Record<Status, StatusRule> = {
  received: { told: 'bot', moves: ['acknowledged', 'need_info', ...THE_DOORS, 'closed'] },
  acknowledged: { told: 'bot', moves: ['need_info', ...THE_DOORS, 'closed'] },
  need_info: { told: 'bot', moves: ['acknowledged', ...THE_DOORS, 'closed'] },
  sent_to_embassy: {
    told: 'bot',
    needs: { consent: 'embassy_ministry' },
    moves: ['need_info', 'sent_to_ministry', 'raised_with_russia', 'closed'],
  },
  sent_to_ministry: {
    told: 'bot',
    needs: { consent: 'embassy_ministry' },
    moves: ['need_info', 'sent_to_embassy', 'raised_with_russia', 'closed'],
  },
  raised_with_russia: {
    told: 'bot',
    needs: { takeUp: true, second: true, consent: 'russia_icrc' },
    moves: ['need_info', ...THE_DOORS, 'reply_received', 'closed'],
  },
  reply_received: { told: 'bot', moves: ['need_info', 'raised_with_russia', ...OUTCOMES, 'closed'] },
  discharge_ordered: {
    told: 'desk',
    outcome: true,
    moves: fromOutcome('discharge_ordered').filter((to) => to !== 'raised_with_russia'),
  },
  located: { told: 'desk', outcome: true, moves: fromOutcome('located') },
  injured_confirmed: { told: 'voice', outcome: true, moves: fromOutcome('injured_confirmed') },
  captured_confirmed: { told: 'voice', outcome: true, moves: fromOutcome('captured_confirmed') },
  death_confirmed: {
    told: 'voice',
    outcome: true,
    needs: { second: true, voice: true },
    moves: ['remains_returned', 'closed'],
  },
  travelling: { told: 'desk', outcome: true, moves: ['located', 'returned', 'closed'] },
  returned: { told: 'desk', outcome: true, moves: ['closed'] },
  remains_returned: { told: 'voice', outcome: true, moves: ['closed'] },
  closed: { told: 'bot', moves: ['reopened'] },
  reopened: { told: 'bot', moves: ['acknowledged', 'need_info', ...THE_DOORS, 'closed'] },
};

/** A code that is not in the table (written by a newer version, say): no move leads from it, and only a voice tells it. */
const UNKNOWN: StatusRule = { told: 'voice', moves: [] };

/** The rule of a status; of an unknown one the strictest. */
export const ruleOf = (status: string): StatusRule =>
  Object.entries(STATUS_TABLE).find(([known]) => known === status)?.[1] ?? UNKNOWN;

/** The statuses that a case may move to from `from`, in the order of `STATUSES`. */
export const movesFrom = (from: Status): Status[] =>
  STATUSES.filter((status) => ruleOf(from).moves.includes(status));

/** True when the desk may move a case from one status to the other. */
export const mayMove = (from: Status, to: Status): boolean => ruleOf(from).moves.includes(to);

/** What a family may be shown of a status by the bot itself; `with_desk` says only that a person will speak to them. */
export const shownToFamily = (status: Status): Status | 'with_desk' =>
  ruleOf(status).told === 'bot' ? status : 'with_desk';

/** An outcome belongs to the man, and so to the person file, that all relatives' cases share. */
export const isOutcome = (status: Status): boolean => ruleOf(status).outcome === true;

export const PRIORITIES = ['P0', 'P1', 'P2', 'P3', 'P4'] as const;
/** P0 is the most urgent. */
export type Priority = (typeof PRIORITIES)[number];

/** The more urgent of the two: what a machine may do. Only staff may lower. */
export const raised = (a: Priority, b: Priority): Priority => (a < b ? a : b);
