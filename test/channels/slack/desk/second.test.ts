import { afterEach, describe, expect, test } from 'vitest';
import { ARJUN, caseOf, MEERA } from '../../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk, twiceAtOnce } from '../../../support/slack-desk.ts';
import { soon } from '../../../support/slack-sandbox.ts';

let slack: SlackDesk;
let ts = '';
afterEach(() => slack.end());

/** Meera has asked for "raised with Russia", and the card shows it. */
const asked = async (): Promise<void> => {
  slack = await slackDesk({ cards: [caseOf({ status: 'sent_to_embassy', owner: MEERA })] });
  slack.desk.asks(MEERA, 'raised_with_russia');
  await slack.begin();
  ({ ts } = await slack.showCard());
};
const look = async (user: string) => {
  await slack.press(user, 'second', ts);
  return slack.opened(user, user === 'UMEERA' ? 'notice_view' : 'second_form');
};
const deeds = (): string[] => slack.desk.acts.filter((act) => /^(confirmed|refused)/.test(act));
const refuse = (user: string, view_id: string) =>
  slack.act('presses', { user, view_id, action_id: 'refuse_second' });

describe('a move that waits for a second officer', () => {
  test('stands on the card, with the one who asked and a button to look at it', async () => {
    await asked();
    const shown = JSON.stringify((await slack.triage())[0]?.blocks);
    expect(shown).toContain('Waits for a second officer');
    expect(shown).toContain('"user_id":"UMEERA"');
    expect(shown).toContain('Raised with Russia');
    expect(shown).toContain('Look and confirm');
  });

  test('shows another officer all that is asked, and is made once they confirm', async () => {
    await asked();
    const { view } = await look('UARJUN');
    const shown = JSON.stringify(view);
    for (const word of ['Meera Nair asks for', 'Note verbale sent', 'Foreign ministry', '2026-01-02', 'N-12'])
      expect(shown).toContain(word);
    expect(shown).toContain('"text":"Confirm"');
    expect(shown).toContain('"text":"Refuse"');
    expect(slack.desk.acts).toContain('request read by Arjun Rao');
    expect((await slack.submit('UARJUN')).body).toEqual({ ok: true });
    expect(slack.desk.card()).toMatchObject({ status: 'raised_with_russia', request: null });
    expect(await slack.stack('UARJUN')).toEqual([]);
  });

  test('confirmed twice at once is confirmed once', async () => {
    await asked();
    await look('UARJUN');
    await twiceAtOnce(
      slack,
      () => slack.submit('UARJUN'),
      () => slack.submit('UARJUN'),
    );
    expect(deeds()).toEqual(['confirmed raised_with_russia by Arjun Rao']);
  });

  test('can be refused, and then the form says so', async () => {
    await asked();
    const { id } = await look('UARJUN');
    await refuse('UARJUN', id);
    await slack.shows('UARJUN', 'Not confirmed: the case stays as it is.');
    expect(deeds()).toEqual(['refused raised_with_russia by Arjun Rao']);
    expect(slack.desk.card()).toMatchObject({ status: 'sent_to_embassy', request: null });
  });

  test('can only be taken back by the one who asked', async () => {
    await asked();
    const { id, view } = await look('UMEERA');
    const shown = JSON.stringify(view);
    expect(shown).toContain('"text":"Take it back"');
    expect(shown).not.toContain('Confirm"');
    expect(view['submit'] ?? null).toBeNull();
    await refuse('UMEERA', id);
    await slack.shows('UMEERA', 'Not confirmed');
    expect(deeds()).toEqual(['refused raised_with_russia by Meera Nair']);
  });

  test('is not confirmed by a form that was opened for an older one', async () => {
    await asked();
    await look('UARJUN');
    slack.desk.asks(MEERA, 'raised_with_russia', { note: 'Another note' });
    await slack.submit('UARJUN');
    await slack.shows('UARJUN', 'Nothing waits for a second officer here any more');
    expect(deeds()).toEqual([]);
    expect(slack.desk.card().request?.id).toBe('request-2');
  });

  test('is not refused by a form that was opened for an older one', async () => {
    await asked();
    const { id } = await look('UARJUN');
    slack.desk.asks(MEERA, 'raised_with_russia', { note: 'Another note' });
    await refuse('UARJUN', id);
    await slack.shows('UARJUN', 'Nothing waits for a second officer here any more');
    expect(slack.desk.card().request?.id).toBe('request-2');
  });

  test('is not confirmed when the family has taken its consent back since', async () => {
    await asked();
    await look('UARJUN');
    slack.desk.put({ ...slack.desk.card(), purposes: null });
    await slack.submit('UARJUN');
    expect(await slack.shows('UARJUN', 'taken its consent to this back')).toContain('Nothing was changed');
    expect(deeds()).toEqual([]);
  });

  test('lets nobody set another status', async () => {
    await asked();
    await slack.press('UARJUN', 'status', ts);
    await slack.opened('UARJUN', 'notice_view');
    expect(await slack.shows('UARJUN', 'waits for a second officer')).not.toContain('"block_id":"to"');
  });

  test('that is no longer there is said to whoever still wants to look', async () => {
    await asked();
    slack.desk.put(caseOf({ status: 'sent_to_embassy', owner: MEERA }));
    await slack.press('UARJUN', 'second', ts);
    expect(await slack.whispered('UARJUN')).toContain('Nothing waits for a second officer');
  });

  test('refused in a form that was closed meanwhile is refused, and nobody is told that nothing was changed', async () => {
    await asked();
    const { id } = await look('UARJUN');
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    slack.desk.beforeAct(() => {
      begin();
      return closed;
    });
    const pressed = refuse('UARJUN', id);
    await begun;
    await slack.act('views/UARJUN/close', { all: true });
    close();
    expect((await pressed).body).toEqual({ ok: true });
    expect(deeds()).toEqual(['refused raised_with_russia by Arjun Rao']);
    // The Home tab is drawn anew when all else is done.
    await soon(async () => (await slack.home('UARJUN')) ?? undefined);
    expect(slack.log.lines.filter(({ fields }) => fields.kind === 'refuse_second')).toEqual([]);
    expect(JSON.stringify(await slack.stack('UARJUN'))).not.toContain('did not work');
  });
});

test('a death is confirmed with what was answered about the voice in sight', async () => {
  slack = await slackDesk({ cards: [caseOf({ status: 'reply_received', owner: ARJUN })] });
  slack.desk.asks(ARJUN, 'death_confirmed', { takeUp: null, voice: 'not-yet', note: 'Certificate' });
  await slack.begin();
  ({ ts } = await slack.showCard());
  await slack.press('UMEERA', 'second', ts);
  await slack.opened('UMEERA', 'second_form');
  const shown = await slack.shows('UMEERA', 'Told the family by voice');
  expect(shown).toContain('not yet');
  expect(shown).not.toContain('Door');
});
