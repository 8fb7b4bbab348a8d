import { afterEach, expect, test } from 'vitest';
import { caseOf, MEERA } from '../../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk } from '../../../support/slack-desk.ts';
import { checkView } from '../../../support/slack-spec.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk;
afterEach(() => slack.end());

test('a Home tab with more cases than fit is one that Slack takes, and says how many are left out', async () => {
  const cards = Array.from({ length: 80 }, (_, at) =>
    caseOf({ caseId: `case-${at}`, owner: at % 2 === 0 ? MEERA : null }),
  );
  slack = await slackDesk({ cards });
  await slack.begin();
  await slack.act('home/UMEERA/open');
  await slack.handleNext();
  const home = await soon(async () => (await slack.home('UMEERA')) ?? undefined);
  expect(checkView(home)).toEqual([]);
  const shown = JSON.stringify(home['blocks']);
  expect(shown.match(/"action_id":"details"/g)).toHaveLength(30);
  expect(shown.match(/and 25 more/g)).toHaveLength(2);
});
