import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseOf, MEERA } from '../../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk;
let ts = '';
afterEach(() => slack.end());

describe('an auditor', () => {
  beforeEach(async () => {
    slack = await slackDesk({
      cards: [caseOf({ status: 'located', owner: MEERA })],
      roles: { UARJUN: ['auditor'] },
    });
    await slack.begin();
    ({ ts } = await slack.showCard());
  });

  test('may ask by direct message, and may open no case', async () => {
    await slack.act('messages', { user: 'UARJUN', channel: 'dm', text: 'What about visas?' });
    await slack.handleNext();
    await slack.act('messages', { user: 'UMEERA', channel: 'dm', text: 'A mother phoned' });
    await slack.handleNext();
    expect(slack.received.map(({ staff }) => staff)).toEqual([
      { id: 'UARJUN', name: 'Arjun Rao', mayOpen: false },
      { id: 'UMEERA', name: 'Meera Nair', mayOpen: true },
    ]);
  });

  test('sees the details, and that is on record', async () => {
    await slack.press('UARJUN', 'details', ts);
    await slack.shows('UARJUN', 'That you have opened this is on record');
    expect(slack.desk.acts).toContain('details read by Arjun Rao');
  });

  test.each(['reply', 'status', 'priority', 'note', 'take_back'])(
    'gets no form of "%s", and is told why',
    async (action) => {
      if (action === 'reply' || action === 'status') await slack.press('UARJUN', action, ts);
      else await slack.choose('UARJUN', action, ts);
      expect(await slack.whispered('UARJUN')).toContain('Your role at this desk does not allow this');
      expect(await slack.stack('UARJUN')).toEqual([]);
    },
  );

  test.each(['take', 'release'])('can choose "%s" in the menu, and nothing comes of it', async (action) => {
    await slack.choose('UARJUN', action, ts);
    expect(await slack.whispered('UARJUN')).toContain('Your role at this desk does not allow this');
    expect(slack.desk.acts.filter((act) => !act.startsWith('queue'))).toEqual([]);
  });

  test('reads a move that waits, and can neither confirm nor refuse it', async () => {
    slack.desk.put(caseOf({ status: 'sent_to_embassy', owner: MEERA }));
    slack.desk.asks(MEERA, 'raised_with_russia');
    ({ ts } = await slack.showCard());
    await slack.press('UARJUN', 'second', ts);
    const { view } = await slack.opened('UARJUN', 'notice_view');
    expect(JSON.stringify(view)).toContain('Foreign ministry');
    expect(JSON.stringify(view)).not.toMatch(/"text":"(Confirm|Refuse|Take it back)"/);
  });
});

describe('somebody of another desk', () => {
  beforeEach(async () => {
    slack = await slackDesk({
      cards: [caseOf({ desk: 'moscow', owner: MEERA })],
      others: { moscow: 'C0MOSCOW' },
    });
    await slack.begin();
  });

  test('cannot take, read or find its cases, even by a card that still stands in their channel', async () => {
    const actions = ['take', 'details', 'second', 'reply'];
    ts = await slack.oldCard(...actions);
    for (const action of actions) await slack.press('UARJUN', action, ts);
    const said = await soon(async () => {
      const all = await slack.whispers('UARJUN');
      return all.length === 4 ? all : undefined;
    });
    for (const words of said) expect(words).toContain('This case is with another desk');
    const { body } = await slack.act('commands', { user: 'UARJUN', command: '/helpline', text: '7K3MQ2X4' });
    expect(JSON.stringify(body)).toContain('There is no case with this reference');
    expect(await slack.stack('UARJUN')).toEqual([]);
  });
});
