import { afterEach, describe, expect, test } from 'vitest';
import type { CaseCard } from '../../../../src/core/desk/case-card.ts';
import { ARJUN, caseOf, MEERA } from '../../../support/memory-desk-cards.ts';
import { type SlackDesk, slackDesk, twiceAtOnce } from '../../../support/slack-desk.ts';

let slack: SlackDesk;
afterEach(() => slack.end());

/** The open status form of this case; Meera is an officer, Arjun a head. */
const open = async (over: Partial<CaseCard>, user = 'UMEERA', now = Date.now) => {
  slack = await slackDesk({ cards: [caseOf({ owner: MEERA, ...over })], roles: { UARJUN: ['head'] }, now });
  await slack.begin();
  const { ts } = await slack.showCard();
  await slack.press(user, 'status', ts);
  return slack.opened(user, 'status_form');
};

const NO_CONSENT = { purposes: ['desk'] } satisfies Partial<CaseCard>;
const TAKE_UP = { door: 'embassy_moscow', counterpart: 'МИД', reference: 'N-12', date: '2026-01-02' };
const RAISED = { to: 'raised_with_russia', evidence: 'Note verbale', ...TAKE_UP };
const statusActs = (): string[] => slack.desk.acts.filter((act) => /^(status|asked)/.test(act));

describe('the status form', () => {
  test('offers the allowed moves only, and sets one with its evidence', async () => {
    const { id, view } = await open({ status: 'received' });
    const shown = JSON.stringify(view);
    expect(shown).toContain('sent_to_embassy');
    expect(shown).not.toContain('death_confirmed');
    await slack.picksStatus('UMEERA', id, 'need_info');
    await slack.shows('UMEERA', 'Tell the family');
    const { body } = await slack.submit('UMEERA', {
      to: 'need_info',
      evidence: 'Their letter',
      tell: ['yes'],
    });
    expect(body).toEqual({ ok: true });
    expect(statusActs()).toEqual(['status need_info by Meera Nair: Their letter, told']);
    expect(await slack.stack('UMEERA')).toEqual([]);
  });

  test('asks for nothing more where the family has agreed', async () => {
    const { id } = await open({ status: 'received' });
    await slack.picksStatus('UMEERA', id, 'sent_to_embassy');
    const shown = await slack.shows('UMEERA', 'Tell the family');
    expect(shown).not.toMatch(/has not agreed|past their consent|another officer/);
  });

  test('says which consent is missing, and has a field for the reason of a head', async () => {
    const { id } = await open({ status: 'received', ...NO_CONSENT });
    await slack.picksStatus('UMEERA', id, 'sent_to_embassy');
    const shown = await slack.shows('UMEERA', 'past their consent');
    expect(shown).toContain('The family has not agreed to this: Embassy and Ministry.');
    expect(shown).toContain('For a head of the desk only.');
    expect(shown).toContain('until another officer of the desk');
  });

  test('refuses an officer who would go past the consent, whatever reason they write', async () => {
    const { id } = await open({ status: 'received', ...NO_CONSENT });
    await slack.picksStatus('UMEERA', id, 'sent_to_embassy');
    await slack.shows('UMEERA', 'past their consent');
    const { body } = await slack.submit('UMEERA', {
      to: 'sent_to_embassy',
      evidence: 'Their letter',
      reason: 'He will be sent to the front tomorrow',
    });
    expect(body).toEqual({
      ok: false,
      errors: {
        to: 'The family has not agreed to this: Embassy and Ministry. Ask them first, or a head of the desk.',
      },
    });
    expect(statusActs()).toEqual([]);
  });

  test('lets a head go past the consent with a reason, and a second officer', async () => {
    const { id } = await open({ status: 'received', ...NO_CONSENT }, 'UARJUN');
    await slack.picksStatus('UARJUN', id, 'sent_to_embassy');
    await slack.shows('UARJUN', 'past their consent');
    const wish = { to: 'sent_to_embassy', evidence: 'Their letter' };
    expect((await slack.submit('UARJUN', wish)).body).toEqual({
      ok: false,
      errors: { reason: expect.stringContaining('please say why') },
    });
    expect((await slack.submit('UARJUN', { ...wish, reason: 'life' })).body).toEqual({
      ok: false,
      errors: { reason: 'Please give the reason, in a sentence.' },
    });
    await slack.submit('UARJUN', { ...wish, reason: 'He will be sent to the front' });
    await slack.shows('UARJUN', 'Another officer of the desk must look at it');
    expect(statusActs()).toEqual([
      'asked sent_to_embassy by Arjun Rao: Their letter, He will be sent to the front',
    ]);
  });

  test('of a head asks for the reason when the family took its consent back while it was open', async () => {
    const { id } = await open({ status: 'received' }, 'UARJUN');
    await slack.picksStatus('UARJUN', id, 'sent_to_embassy');
    await slack.shows('UARJUN', 'Tell the family');
    slack.desk.put({ ...slack.desk.card(), purposes: null });
    await slack.submit('UARJUN', { to: 'sent_to_embassy', evidence: 'Their letter' });
    expect(await slack.shows('UARJUN', 'past their consent')).toContain('has not agreed');
    expect(statusActs()).toEqual([]);
  });

  test('asks for the take-up as soon as "raised with Russia" is chosen, and for no name of a second officer', async () => {
    const { id } = await open({ status: 'sent_to_embassy' });
    await slack.picksStatus('UMEERA', id, 'raised_with_russia');
    const shown = await slack.shows('UMEERA', 'counterpart');
    for (const field of ['door', 'counterpart', 'date', 'reference'])
      expect(shown).toContain(`"block_id":"${field}"`);
    expect(shown).not.toMatch(/second_officer|Name of the second/i);
    expect(shown).toContain('until another officer of the desk');
  });

  test('shows what is wrong with a take-up under the field that is wrong', async () => {
    const { id } = await open({ status: 'sent_to_embassy' });
    await slack.picksStatus('UMEERA', id, 'raised_with_russia');
    await slack.shows('UMEERA', 'counterpart');
    const errors = async (wrong: object): Promise<unknown> =>
      (await slack.submit('UMEERA', { ...RAISED, ...wrong })).body;
    expect(await errors({ counterpart: 'zzz' })).toMatchObject({
      errors: { counterpart: expect.stringContaining('whom') },
    });
    expect(await errors({ date: '1900-01-01' })).toMatchObject({
      errors: { date: expect.stringContaining('day') },
    });
    expect(await errors({ reference: '--' })).toMatchObject({
      errors: { reference: expect.stringContaining('number') },
    });
    expect(await errors({ evidence: '!' })).toMatchObject({
      errors: { evidence: expect.stringContaining('how we know') },
    });
    expect(statusActs()).toEqual([]);
  });

  test('says that a second officer must confirm what was asked, and that nothing has changed', async () => {
    const { id } = await open({ status: 'sent_to_embassy' });
    await slack.picksStatus('UMEERA', id, 'raised_with_russia');
    await slack.shows('UMEERA', 'counterpart');
    await slack.submit('UMEERA', RAISED);
    expect(await slack.shows('UMEERA', 'Nothing has changed yet')).toContain('the button is on the card');
    expect(statusActs()).toEqual([
      'asked raised_with_russia by Meera Nair: Note verbale, (embassy_moscow; МИД; 2026-01-02; N-12)',
    ]);
    expect(slack.desk.card().status).toBe('sent_to_embassy');
  });

  test('says so too when it is sent off twice at once', async () => {
    const { id } = await open({ status: 'sent_to_embassy' });
    await slack.picksStatus('UMEERA', id, 'raised_with_russia');
    await slack.shows('UMEERA', 'counterpart');
    await twiceAtOnce(
      slack,
      () => slack.submit('UMEERA', RAISED),
      () => slack.submit('UMEERA', RAISED),
    );
    expect(statusActs()).toHaveLength(1);
    await slack.shows('UMEERA', 'Nothing has changed yet');
  });

  test('begins with the day that it is at the desk', async () => {
    const { id } = await open({ status: 'sent_to_embassy' }, 'UMEERA', () =>
      Date.parse('2026-01-01T20:00:00Z'),
    );
    await slack.picksStatus('UMEERA', id, 'raised_with_russia');
    expect(await slack.shows('UMEERA', 'counterpart')).toContain('"initial_date":"2026-01-02"');
  });

  test('asks for the take-up at the latest when it is sent off without one', async () => {
    await open({ status: 'sent_to_embassy' });
    await slack.submit('UMEERA', { to: 'raised_with_russia', evidence: 'Note verbale' });
    await slack.shows('UMEERA', 'counterpart');
    expect(statusActs()).toEqual([]);
  });

  test('asks of a death whether a person has told the family, and has no sentence for it', async () => {
    const { id } = await open({ status: 'reply_received' });
    await slack.picksStatus('UMEERA', id, 'death_confirmed');
    const shown = await slack.shows('UMEERA', 'by voice?');
    expect(shown).not.toContain('"tell"');
    const wish = { to: 'death_confirmed', evidence: 'Certificate' };
    expect((await slack.submit('UMEERA', wish)).body).toMatchObject({ ok: false, errors: { voice: /./ } });
    await slack.submit('UMEERA', { ...wish, voice: 'not-yet' });
    await slack.shows('UMEERA', 'Nothing has changed yet');
    expect(statusActs()).toEqual(['asked death_confirmed by Meera Nair: Certificate, not-yet']);
  });

  test('says who was faster when the case has changed meanwhile', async () => {
    await open({ status: 'received' });
    slack.desk.put({ ...slack.desk.card(), version: 9, status: 'acknowledged', owner: ARJUN });
    const { body } = await slack.submit('UMEERA', { to: 'need_info', evidence: 'A letter' });
    expect(body).toMatchObject({
      ok: false,
      errors: { to: expect.stringContaining('now "Acknowledged", with Arjun Rao. Nothing was changed') },
    });
    expect(statusActs()).toEqual([]);
  });

  test('stays stale however often another status is chosen in it', async () => {
    const { id } = await open({ status: 'received' });
    slack.desk.put({ ...slack.desk.card(), version: 9, status: 'acknowledged', owner: ARJUN });
    await slack.picksStatus('UMEERA', id, 'need_info');
    await slack.shows('UMEERA', 'Tell the family');
    const { body } = await slack.submit('UMEERA', { to: 'need_info', evidence: 'A letter' });
    expect(body).toMatchObject({ errors: { to: expect.stringContaining('Somebody was faster') } });
  });
});
