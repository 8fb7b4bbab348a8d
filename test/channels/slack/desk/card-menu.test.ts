import { afterEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../../src/core/case/desks.ts';
import type { CaseCard } from '../../../../src/core/desk/case-card.ts';
import { ARJUN, caseOf, MEERA } from '../../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk } from '../../../support/slack-desk.ts';

let slack: SlackDesk;
let ts = '';
afterEach(() => slack.end());

const start = async (over: Partial<CaseCard> = {}, roles: Record<string, Role[]> = { UKAVITA: ['head'] }) => {
  slack = await slackDesk({ cards: [caseOf(over)], roles });
  await slack.begin();
  ({ ts } = await slack.showCard());
};
const choose = (user: string, action: string) => slack.choose(user, action, ts);
const deeds = (): string[] => slack.desk.acts.filter((act) => !/^(queue|find)/.test(act));

describe('the menu of a card', () => {
  test('lets the officer give the case back', async () => {
    await start({ owner: MEERA });
    expect((await choose('UMEERA', 'release')).body).toEqual({ ok: true });
    expect(deeds()).toEqual(['release by Meera Nair']);
  });

  test('lets a head take a case over, and nobody else', async () => {
    await start({ owner: MEERA });
    await choose('UARJUN', 'take');
    expect(await slack.whispered('UARJUN')).toBe(
      'This case is with Meera Nair. Ask them to give it back, or a head of the desk to take it over.',
    );
    expect(deeds()).toEqual([]);
    expect((await choose('UKAVITA', 'take')).body).toEqual({ ok: true });
    expect(slack.desk.card().owner?.id).toBe('UKAVITA');
  });

  test('lets anybody of the desk take over from an officer who has left its channel', async () => {
    await start({ owner: MEERA });
    await slack.act('members', { channel: 'triage', user: 'UMEERA', member: false });
    expect((await choose('UARJUN', 'take')).body).toEqual({ ok: true });
    expect(slack.desk.card().owner).toEqual(ARJUN);
  });

  test('lets a head take an outcome back, with a reason', async () => {
    await start({ status: 'located', owner: MEERA });
    await choose('UKAVITA', 'take_back');
    await slack.opened('UKAVITA', 'take_back_form');
    expect((await slack.submit('UKAVITA', { reason: 'wrong' })).body).toEqual({
      ok: false,
      errors: { reason: 'Please give the reason, in a sentence.' },
    });
    expect((await slack.submit('UKAVITA', { reason: 'It was another man' })).body).toEqual({ ok: true });
    expect(deeds()).toEqual([expect.stringMatching(/^took back located .*: It was another man$/)]);
    expect(slack.desk.card().status).toBe('reply_received');
  });

  test('opens no form for taking an outcome back to anybody but a head', async () => {
    await start({ status: 'located', owner: MEERA });
    await choose('UMEERA', 'take_back');
    expect(await slack.whispered('UMEERA')).toContain('Only a head of the desk may do this');
    expect(await slack.stack('UMEERA')).toEqual([]);
  });

  test('says so when the outcome was taken back already', async () => {
    await start({ status: 'located', owner: MEERA });
    slack.desk.put(caseOf({ status: 'reply_received', owner: MEERA }));
    await choose('UKAVITA', 'take_back');
    expect(await slack.whispered('UKAVITA')).toContain('There is no outcome to take back');
  });
});

test('a head who presses Take a moment after somebody else does not take the case from them', async () => {
  await start();
  slack.desk.put(caseOf({ owner: MEERA }));
  await slack.press('UKAVITA', 'take', ts);
  expect(await slack.whispered('UKAVITA')).toBe('Meera Nair has already taken this case.');
  expect(slack.desk.card().owner).toEqual(MEERA);
});

test('the buttons of a card that was posted before the menu was there still work', async () => {
  await start({ owner: MEERA });
  ts = await slack.oldCard('release', 'priority', 'note');
  await slack.press('UMEERA', 'priority', ts);
  await slack.opened('UMEERA', 'priority_form');
  await slack.submit('UMEERA', { priority_choice: 'P0' });
  await slack.press('UMEERA', 'note', ts);
  await slack.opened('UMEERA', 'note_form');
  await slack.submit('UMEERA', { text: 'Called the mother' });
  await slack.press('UMEERA', 'release', ts);
  expect(deeds()).toEqual([
    'priority P0 by Meera Nair',
    'note by Meera Nair: Called the mother',
    'release by Meera Nair',
  ]);
});
