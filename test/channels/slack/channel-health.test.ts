import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseOf } from '../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk } from '../../support/slack-desk.ts';

const TRIAGE = 'C0TRIAGE';
const MOSCOW = 'C0MOSCOW';

let slack: SlackDesk;
beforeEach(async () => {
  slack = await slackDesk({ cards: [caseOf({ desk: 'moscow' })], others: { moscow: MOSCOW } });
  await slack.begin();
});
afterEach(() => slack.end());

const problem = () => slack.channel.health().problem;

describe('the health of the channels, when the desks are edited:', () => {
  test('a channel that no desk has any more is nobody’s trouble', async () => {
    await slack.act('members', { channel: 'moscow', user: 'UHELPLINE', member: false });
    await slack.channel.showCard(slack.desk.card(), null, false);
    expect(problem()).toMatch(/^moscow: /);
    await slack.redesk(TRIAGE);
    expect(problem()).toBeNull();
    expect(slack.channel.reaches(TRIAGE)).toBe(true);
  });

  test('and it is looked at anew when a desk has it again', async () => {
    await slack.act('members', { channel: 'moscow', user: 'UHELPLINE', member: false });
    await slack.channel.showCard(slack.desk.card(), null, false);
    await slack.redesk(TRIAGE);
    await slack.act('members', { channel: 'moscow', user: 'UHELPLINE', member: true });
    await slack.redesk(TRIAGE, { moscow: MOSCOW });
    expect(problem()).toBeNull();
  });

  test.each([
    ['without the app', { private: true, members: ['UMEERA'] }, /not in/],
    ['that is public', { private: false, members: ['UHELPLINE'] }, /public/],
  ])('a channel %s is told of as soon as a desk has it', async (_, channel, words) => {
    await slack.act('channels', { name: 'delhi', ...channel });
    await slack.redesk(TRIAGE, { delhi: 'C0DELHI' });
    expect(problem()).toMatch(/^delhi: /);
    expect(problem()).toMatch(words);
  });
});
