import { afterEach, describe, expect, test } from 'vitest';
import type { CaseMessage } from '../../../../src/core/case/case-record.ts';
import { ARJUN, caseOf, MEERA, recordOf } from '../../../support/memory-desk-cards.ts';
import type { SlackDesk } from '../../../support/slack-desk.ts';
import { slackDesk, twiceAtOnce } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk;
const start = async (options: Parameters<typeof slackDesk>[0] = {}): Promise<SlackDesk> => {
  slack = await slackDesk({ cards: [caseOf()], ...options });
  await slack.begin();
  return slack;
};
afterEach(() => slack.end());

describe('a card', () => {
  test('is posted once, is changed in its place, and a member takes it', async () => {
    await start();
    const { ts } = await slack.showCard();
    expect(await slack.press('UMEERA', 'take', ts)).toMatchObject({ status: 200, body: { ok: true } });
    expect(slack.desk.acts[0]).toBe('take by Meera Nair');
    const shown = await slack.channel.showCard(slack.desk.card(), { channel: 'C0TRIAGE', ts }, false);
    expect(shown).toEqual({ outcome: 'sent', place: { channel: 'C0TRIAGE', ts } });
    const [card, ...others] = await slack.triage();
    expect(others).toEqual([]);
    expect(JSON.stringify(card?.blocks)).toContain('Meera Nair');
  });

  test('that another officer has taken says so to the presser alone', async () => {
    await start();
    const { ts } = await slack.showCard();
    slack.desk.put(caseOf({ owner: ARJUN }));
    await slack.press('UMEERA', 'take', ts);
    expect(await slack.whispered('UMEERA')).toBe('Arjun Rao has already taken this case.');
    expect(slack.desk.card().owner).toEqual(ARJUN);
  });

  test('press is not acknowledged while the store is down, and is told to the presser', async () => {
    await start();
    const { ts } = await slack.showCard();
    slack.desk.beforeAct(() => Promise.reject(new Error('the store is down')));
    const pressed = await slack.press('UMEERA', 'take', ts);
    expect(pressed.body).not.toMatchObject({ ok: true });
    expect(slack.desk.acts).toEqual([]);
    expect(await slack.whispered('UMEERA')).toContain('This did not work');
  });

  test('press is acknowledged only after its commit', async () => {
    await start();
    const { ts } = await slack.showCard();
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    slack.desk.beforeAct(() => {
      begin();
      return committed;
    });
    let answered = false;
    const pressed = slack.press('UMEERA', 'take', ts).then((answer) => {
      answered = true;
      return answer;
    });
    await begun;
    // Another press has gone all the way and back meanwhile.
    await slack.choose('UARJUN', 'note', ts);
    expect(answered).toBe(false);
    commit();
    expect((await pressed).body).toMatchObject({ ok: true });
  });
});

const toPreview = async (text = 'We have written to the Embassy.') => {
  await start({ cards: [caseOf({ owner: MEERA })] });
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'reply', ts);
  await slack.opened('UMEERA', 'reply_form');
  return slack.submit('UMEERA', { text });
};

describe('an answer to the family', () => {
  test('is previewed word by word and only then sent, once', async () => {
    expect((await toPreview('Line one\n\n<!channel> *two*')).body).toMatchObject({ ok: true });
    const preview = await slack.opened('UMEERA', 'reply_preview');
    const shown = JSON.stringify(preview.view);
    expect(shown).toContain('Meera Nair writes: Line one\\n\\n<!channel> *two*');
    expect(shown).toContain('Balwinder Kaur');
    expect(preview.view['private_metadata']).toBe('{"draft":"draft-1","caseId":"case-1"}');
    expect(slack.desk.sent).toEqual([]);
    await slack.submit('UMEERA');
    expect(slack.desk.sent).toEqual([{ caseId: 'case-1', text: 'Line one\n\n<!channel> *two*' }]);
    expect(await slack.stack('UMEERA')).toEqual([]);
  });

  test('can be taken back to the form and changed', async () => {
    await toPreview('Wrong words');
    await slack.opened('UMEERA', 'reply_preview');
    await slack.act('views/UMEERA/close');
    await slack.opened('UMEERA', 'reply_form');
    await slack.submit('UMEERA', { text: 'Right words' });
    await slack.opened('UMEERA', 'reply_preview');
    await slack.submit('UMEERA');
    expect(slack.desk.sent.map(({ text }) => text)).toEqual(['Right words']);
  });

  test('sent off twice at once goes out once', async () => {
    await toPreview();
    await slack.opened('UMEERA', 'reply_preview');
    await Promise.all([slack.submit('UMEERA'), slack.submit('UMEERA')]);
    expect(slack.desk.sent).toHaveLength(1);
  });

  test('is refused under the text when the family can no longer be written to', async () => {
    await start();
    const { ts } = await slack.showCard();
    await slack.press('UARJUN', 'reply', ts);
    await slack.opened('UARJUN', 'reply_form');
    slack.desk.put(caseOf({ blocked: true }));
    const { body } = await slack.submit('UARJUN', { text: 'Hello' });
    expect(body).toEqual({
      ok: false,
      errors: { text: 'The family has blocked the helpline, so nothing can be sent to them.' },
    });
    expect(slack.desk.sent).toEqual([]);
  });
});

test('priority and note are set through their forms', async () => {
  await start();
  const { ts } = await slack.showCard();
  await slack.choose('UMEERA', 'priority', ts);
  await slack.opened('UMEERA', 'priority_form');
  await slack.submit('UMEERA', { priority_choice: 'P0' });
  await slack.choose('UMEERA', 'note', ts);
  await slack.opened('UMEERA', 'note_form');
  await slack.submit('UMEERA', { text: 'Called the mother' });
  expect(slack.desk.acts).toEqual(
    expect.arrayContaining(['priority P0 by Meera Nair', 'note by Meera Nair: Called the mother']),
  );
});

test.each([
  ['the same words', ['Called the mother', 'Called the mother'], 1],
  ['other words', ['Called the mother', 'Called the father'], 2],
])('a form sent off twice with %s', async (_, words, times) => {
  await start();
  const { ts } = await slack.showCard();
  await slack.choose('UMEERA', 'note', ts);
  await slack.opened('UMEERA', 'note_form');
  await twiceAtOnce(slack, ...words.map((text) => () => slack.submit('UMEERA', { text })));
  expect(slack.desk.acts.filter((act) => act.startsWith('note'))).toHaveLength(times);
});

test('details are shown letter by letter to the one who asked, and reading them is on record', async () => {
  await start();
  slack.desk.tell({
    fields: [{ id: 'person_name', value: '<!channel> *Gurpreet*' }],
    messages: [
      {
        id: 'm1',
        caseId: 'case-1',
        number: 1,
        from: 'family',
        author: null,
        text: 'x'.repeat(4000),
        attachment: { kind: 'voice', file: 'f', seconds: 12 },
        language: 'pa',
        at: Date.now(),
        delivery: null,
        failure: null,
        platformId: '1',
        edits: null,
      },
    ],
  });
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'details', ts);
  expect(await slack.shows('UMEERA', '*Gurpreet*')).toContain('voice 0:12');
  expect(slack.desk.acts).toContain('details read by Meera Nair');
  expect(JSON.stringify(await slack.triage())).not.toContain('Gurpreet');
});

test('details say how many older messages there are in all, not only of those that were read', async () => {
  await start();
  const messages = Array.from({ length: 60 }, (_, at): CaseMessage => ({
    id: `m${at}`,
    caseId: 'case-1',
    number: 62 + at,
    from: 'family',
    author: null,
    text: 'x',
    attachment: null,
    language: 'pa',
    at: Date.now(),
    delivery: null,
    failure: null,
    platformId: null,
    edits: null,
  }));
  slack.desk.tell({ case: { ...recordOf(caseOf()), messages: 121 }, messages });
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'details', ts);
  expect(await slack.shows('UMEERA', 'older messages')).toContain('91 older messages are not shown here');
});

test('a case that staff have opened gives no form for an answer, by an old card neither, and says why', async () => {
  await start();
  const { ts } = await slack.showCard();
  slack.desk.put(caseOf({ channel: 'slack' }));
  await slack.press('UMEERA', 'reply', ts);
  expect(await slack.whispered('UMEERA')).toBe(
    'The desk recorded this case itself: no family writes in it, so there is nobody here to answer. Please phone them, and add a note.',
  );
  expect(await slack.stack('UMEERA')).toEqual([]);
  expect(slack.desk.calls).not.toContain('draftReply');
});

test('the command lists cases to its caller alone', async () => {
  await start({ cards: [caseOf({ owner: MEERA }), caseOf({ caseId: 'case-2', reference: 'FREE0002' })] });
  const { body } = await slack.act('commands', { user: 'UMEERA', command: '/helpline', text: '' });
  const said = JSON.stringify(body);
  expect(said).toContain('"response_type":"ephemeral"');
  expect(said).toContain('7K3MQ2X4');
  expect(said).toContain('FREE0002');
});

test('the command with a reference shows that case and where its card is', async () => {
  await start();
  slack.desk.standsAt(await slack.showCard());
  const ask = (text: string) => slack.act('commands', { user: 'UMEERA', command: '/helpline', text });
  const found = JSON.stringify((await ask('7K3MQ2X4')).body);
  expect(found).toContain('"response_type":"ephemeral"');
  expect(found).toContain('Open the card in the channel');
  expect(found).toContain('"action_id":"details"');
  for (const wrong of ['NOSUCH00', 'Gurpreet Singh']) {
    const none = JSON.stringify((await ask(wrong)).body);
    expect(none).toContain('no case with this reference');
    expect(none).toContain('not by a name');
  }
});

test('the Home tab shows my cases and the free ones, and follows what I do', async () => {
  await start();
  await slack.act('home/UMEERA/open');
  await slack.handleNext();
  const before = JSON.stringify(await slack.home('UMEERA'));
  expect(before).toContain('My cases (0)');
  expect(before).toContain('7K3MQ2X4');
  await slack.act('presses', { user: 'UMEERA', action_id: 'take' });
  await soon(async () =>
    JSON.stringify(await slack.home('UMEERA')).includes('My cases (1)') ? true : undefined,
  );
  expect(slack.desk.acts).toContain('take by Meera Nair');
});
