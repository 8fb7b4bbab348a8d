import { describe, expect, it } from 'vitest';
import {
  isOutcome,
  mayMove,
  movesFrom,
  PRIORITIES,
  raised,
  shownToFamily,
  ruleOf,
  STATUSES,
  type Status,
} from '../../../src/core/case/case-status.ts';

/** Written down a second time, from the rules in words, so that a slip in the table shows. */
const LEGAL: Record<Status, string> = {
  received: 'acknowledged need_info sent_to_embassy sent_to_ministry closed',
  acknowledged: 'need_info sent_to_embassy sent_to_ministry closed',
  need_info: 'acknowledged sent_to_embassy sent_to_ministry closed',
  sent_to_embassy: 'need_info sent_to_ministry raised_with_russia closed',
  sent_to_ministry: 'need_info sent_to_embassy raised_with_russia closed',
  raised_with_russia: 'need_info sent_to_embassy sent_to_ministry reply_received closed',
  reply_received:
    'need_info raised_with_russia discharge_ordered located injured_confirmed captured_confirmed death_confirmed closed',
  discharge_ordered: 'located injured_confirmed captured_confirmed death_confirmed travelling closed',
  located:
    'raised_with_russia discharge_ordered injured_confirmed captured_confirmed death_confirmed travelling closed',
  injured_confirmed:
    'raised_with_russia discharge_ordered located captured_confirmed death_confirmed travelling closed',
  captured_confirmed:
    'raised_with_russia discharge_ordered located injured_confirmed death_confirmed travelling closed',
  death_confirmed: 'remains_returned closed',
  travelling: 'located returned closed',
  returned: 'closed',
  remains_returned: 'closed',
  closed: 'reopened',
  reopened: 'acknowledged need_info sent_to_embassy sent_to_ministry closed',
};

const pairs = STATUSES.flatMap((from) => STATUSES.map((to) => [from, to] as const));

describe('a move', () => {
  it.each(pairs.filter(([from, to]) => LEGAL[from].split(' ').includes(to)))(
    'from %s to %s is legal',
    (from, to) => {
      expect(mayMove(from, to)).toBe(true);
      expect(movesFrom(from)).toContain(to);
    },
  );

  it.each(pairs.filter(([from, to]) => !LEGAL[from].split(' ').includes(to)))(
    'from %s to %s is illegal',
    (from, to) => {
      expect(mayMove(from, to)).toBe(false);
      expect(movesFrom(from)).not.toContain(to);
    },
  );

  it('nothing leads back to received, and from everywhere there is a way on', () => {
    for (const from of STATUSES) {
      expect(movesFrom(from)).not.toContain('received');
      expect(movesFrom(from).length).toBeGreaterThan(0);
    }
  });
});

it.each([
  ['received', 'received'],
  ['acknowledged', 'acknowledged'],
  ['need_info', 'need_info'],
  ['sent_to_embassy', 'sent_to_embassy'],
  ['sent_to_ministry', 'sent_to_ministry'],
  ['raised_with_russia', 'raised_with_russia'],
  ['reply_received', 'reply_received'],
  ['discharge_ordered', 'with_desk'],
  ['located', 'with_desk'],
  ['injured_confirmed', 'with_desk'],
  ['captured_confirmed', 'with_desk'],
  ['death_confirmed', 'with_desk'],
  ['travelling', 'with_desk'],
  ['returned', 'with_desk'],
  ['remains_returned', 'with_desk'],
  ['closed', 'closed'],
  ['reopened', 'reopened'],
] as const)('of %s a family is shown %s', (status, shown) => {
  expect(shownToFamily(status)).toBe(shown);
});

it('every outcome is hidden from the bot’s own sentences', () => {
  for (const status of STATUSES.filter(isOutcome)) expect(shownToFamily(status)).toBe('with_desk');
});

it('only "taken up with Russia" needs a take-up', () => {
  expect(STATUSES.filter((to) => ruleOf(to).needs?.takeUp)).toEqual(['raised_with_russia']);
});

it('a machine only ever raises a priority', () => {
  for (const a of PRIORITIES)
    for (const b of PRIORITIES)
      expect(PRIORITIES.indexOf(raised(a, b))).toBe(Math.min(PRIORITIES.indexOf(a), PRIORITIES.indexOf(b)));
});
