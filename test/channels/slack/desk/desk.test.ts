import { afterEach, describe, expect, test } from 'vitest';
import { caseOf } from '../../../support/memory-desk-cards.ts';
import type { SlackDesk } from '../../../support/slack-desk.ts';
import { slackDesk } from '../../../support/slack-desk.ts';
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
    await start({ cards: [caseOf({ owner: { id: 'UARJUN', name: 'Arjun Rao' } })] });
    const { ts } = await slack.showCard();
    slack.desk.put(caseOf());
    await slack.channel.showCard(slack.desk.card(), { channel: 'C0TRIAGE', ts }, false);
    slack.desk.put(caseOf({ owner: { id: 'UARJUN', name: 'Arjun Rao' } }));
    await slack.press('UMEERA', 'take', ts);
    const said = await soon(async () => (await slack.whispers('UMEERA'))[0]);
    expect(said).toBe('Arjun Rao has already taken this case.');
  });

  test('press is not acknowledged while the store is down, and is told to the presser', async () => {
    await start();
    const { ts } = await slack.showCard();
    slack.desk.beforeAct(() => Promise.reject(new Error('the store is down')));
    const pressed = await slack.press('UMEERA', 'take', ts);
    expect(pressed.body).not.toMatchObject({ ok: true });
    expect(slack.desk.acts).toEqual([]);
    expect(await soon(async () => (await slack.whispers('UMEERA'))[0])).toContain('nothing was changed');
  });

  test('press is acknowledged only after its commit', async () => {
    await start();
    const { ts } = await slack.showCard();
    const { promise: committed, resolve: commit } = Promise.withResolvers<void>();
    slack.desk.beforeAct(() => committed);
    let answered = false;
    const pressed = slack.press('UMEERA', 'take', ts).then((answer) => {
      answered = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(answered).toBe(false);
    commit();
    expect((await pressed).body).toMatchObject({ ok: true });
  });
});

const MEERA = { id: 'UMEERA', name: 'Meera Nair' };
const topView = async (user: string) => (await slack.stack(user)).at(-1);
const opened = (user: string, form: string) =>
  soon(async () => {
    const top = await topView(user);
    return top?.callback_id === form ? top : undefined;
  });

const toPreview = async (text = 'We have written to the Embassy.') => {
  await start({ cards: [caseOf({ owner: MEERA })] });
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'reply', ts);
  await opened('UMEERA', 'reply_form');
  return slack.submit('UMEERA', { text });
};

describe('an answer to the family', () => {
  test('is previewed word by word and only then sent, once', async () => {
    expect((await toPreview('Line one\n\n<!channel> *two*')).body).toMatchObject({ ok: true });
    const preview = await opened('UMEERA', 'reply_preview');
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
    await opened('UMEERA', 'reply_preview');
    await slack.act('views/UMEERA/close');
    await opened('UMEERA', 'reply_form');
    await slack.submit('UMEERA', { text: 'Right words' });
    await opened('UMEERA', 'reply_preview');
    await slack.submit('UMEERA');
    expect(slack.desk.sent.map(({ text }) => text)).toEqual(['Right words']);
  });

  test('sent off twice at once goes out once', async () => {
    await toPreview();
    await opened('UMEERA', 'reply_preview');
    await Promise.all([slack.submit('UMEERA'), slack.submit('UMEERA')]);
    expect(slack.desk.sent).toHaveLength(1);
  });

  test('is refused under the text when the case is with somebody else', async () => {
    await start({ cards: [caseOf({ owner: MEERA })] });
    const { ts } = await slack.showCard();
    await slack.press('UARJUN', 'reply', ts);
    await opened('UARJUN', 'reply_form');
    const { body } = await slack.submit('UARJUN', { text: 'Hello' });
    expect(body).toEqual({
      ok: false,
      errors: { text: 'This case is with Meera Nair. Ask them to release it first.' },
    });
    expect(slack.desk.sent).toEqual([]);
  });
});

const open = async (status: 'received' | 'sent_to_embassy' | 'reply_received') => {
  await start({ cards: [caseOf({ status, owner: MEERA })] });
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'status', ts);
  return opened('UMEERA', 'status_form');
};

describe('the status form', () => {
  test('offers the allowed moves only, and sets one with its evidence', async () => {
    const { view } = await open('received');
    const shown = JSON.stringify(view);
    expect(shown).toContain('sent_to_embassy');
    expect(shown).not.toContain('death_confirmed');
    const { body } = await slack.submit('UMEERA', {
      to: 'need_info',
      evidence: 'Their letter',
      tell: ['yes'],
    });
    expect(body).toMatchObject({ ok: true });
    expect(slack.desk.acts).toContain('status need_info by Meera Nair: Their letter, told');
  });

  test('asks for the take-up as soon as "raised with Russia" is chosen', async () => {
    const { id } = await open('sent_to_embassy');
    await slack.act('presses', { user: 'UMEERA', view_id: id, action_id: 'to', value: 'raised_with_russia' });
    await soon(async () =>
      JSON.stringify((await topView('UMEERA'))?.view).includes('counterpart') ? true : undefined,
    );
    const takeUp = { door: 'embassy_moscow', counterpart: 'MFA', reference: 'N-12', date: '2026-01-02' };
    const filled = { to: 'raised_with_russia', evidence: 'Note verbale', ...takeUp };
    expect((await slack.submit('UMEERA', { ...filled, second_officer: 'meera nair' })).body).toEqual({
      ok: false,
      errors: { second_officer: 'The second officer must be somebody else.' },
    });
    await slack.submit('UMEERA', { ...filled, second_officer: 'Arjun Rao' });
    expect(slack.desk.acts).toContain(
      'status raised_with_russia by Meera Nair: Note verbale (embassy_moscow; MFA; 2026-01-02; N-12; Arjun Rao)',
    );
  });

  test('asks for the take-up at the latest when it is sent off without one', async () => {
    await open('sent_to_embassy');
    await slack.submit('UMEERA', { to: 'raised_with_russia', evidence: 'Note verbale' });
    await soon(async () =>
      JSON.stringify((await topView('UMEERA'))?.view).includes('counterpart') ? true : undefined,
    );
    expect(slack.desk.acts.filter((act) => act.startsWith('status'))).toEqual([]);
  });

  test('never lets a death be told by a sentence', async () => {
    const { id } = await open('reply_received');
    await slack.act('presses', { user: 'UMEERA', view_id: id, action_id: 'to', value: 'death_confirmed' });
    await soon(async () =>
      JSON.stringify((await topView('UMEERA'))?.view).includes('by voice') ? true : undefined,
    );
    expect(JSON.stringify((await topView('UMEERA'))?.view)).not.toContain('"tell"');
    await slack.submit('UMEERA', { to: 'death_confirmed', evidence: 'Certificate' });
    expect(slack.desk.acts).toContain('status death_confirmed by Meera Nair: Certificate');
  });

  test('says who was faster when the case has changed meanwhile', async () => {
    await open('received');
    slack.desk.put({
      ...slack.desk.card(),
      version: 9,
      status: 'acknowledged',
      owner: { id: 'UARJUN', name: 'Arjun Rao' },
    });
    const { body } = await slack.submit('UMEERA', { to: 'need_info', evidence: 'x' });
    expect(JSON.stringify(body)).toContain('now \\"Acknowledged\\", with Arjun Rao');
  });
});

test('priority and note are set through their forms', async () => {
  await start();
  const { ts } = await slack.showCard();
  await slack.press('UMEERA', 'priority', ts);
  await opened('UMEERA', 'priority_form');
  await slack.submit('UMEERA', { priority_choice: 'P0' });
  await slack.press('UMEERA', 'note', ts);
  await opened('UMEERA', 'note_form');
  await slack.submit('UMEERA', { text: 'Called the mother' });
  expect(slack.desk.acts).toEqual(
    expect.arrayContaining(['priority P0 by Meera Nair', 'note by Meera Nair: Called the mother']),
  );
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
  await soon(async () =>
    JSON.stringify(await slack.stack('UMEERA')).includes('*Gurpreet*') ? true : undefined,
  );
  const shown = JSON.stringify(await topView('UMEERA'));
  expect(shown).toContain('voice 0:12');
  expect(slack.desk.acts).toContain('details read by Meera Nair');
  expect(JSON.stringify(await slack.triage())).not.toContain('Gurpreet');
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
  expect(JSON.stringify((await ask('NOSUCH00')).body)).toContain('no case with this reference');
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
