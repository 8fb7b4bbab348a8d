import { expect, test } from 'vitest';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { homeView } from '../../../../src/channels/slack/desk/home.ts';
import { caseOf } from '../../../support/memory-desk-cards.ts';
import { checkView } from '../../../support/slack-spec.ts';

test('a Home tab with more cases than fit is one that Slack takes, and says how many are left out', () => {
  const full = { cards: Array.from({ length: 40 }, () => caseOf()), count: 240 };
  const home = homeView({ mine: full, free: full, open: 480 }, englishLabels(), Date.UTC(2026, 10, 22));
  expect(checkView(home)).toEqual([]);
  expect(home.blocks.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(home.blocks)).toContain('and 225 more');
});
