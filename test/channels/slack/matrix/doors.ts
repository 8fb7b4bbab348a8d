import { COMMAND } from '../../../../src/channels/slack/blocks/action-ids.ts';
import type { StoredEvent } from '../../../../src/channels/slack/wire/stored-event.ts';
import {
  commandBody,
  eventBody,
  field,
  fresh,
  pressBody,
  submitBody,
  type Sender,
  type SentForm,
} from '../../../support/slack-payloads.ts';
import type { MatrixBench } from './bench.ts';
import type { Situation } from './situations.ts';

/** What a request names: usually all of one situation; a forged one mixes two. */
export type Named = Situation & { caseId: string; reference: string };

type Door = (bench: MatrixBench, from: Sender, named: Named, real: boolean) => Promise<string>;

/** A button of the card. `value` from the case's id. */
const press =
  (action: string, value = (caseId: string): string => caseId): Door =>
  (bench, from, { caseId }) =>
    Promise.resolve(
      pressBody(from, {
        action,
        value: value(caseId),
        trigger: `${fresh()}.1`,
        respondTo: bench.respondTo,
      }),
    );

/** One that opens a view: Slack lets it, if it was pressed by somebody real. */
const opener =
  (action: string, value = (caseId: string): string => caseId): Door =>
  async (bench, from, { caseId }, real) =>
    pressBody(from, {
      action,
      value: value(caseId),
      trigger: real ? await bench.trigger(from.user) : `${fresh()}.1`,
      respondTo: bench.respondTo,
    });

/** A button inside a form, which is opened first by whoever may. */
const inForm =
  (opens: Door, action: string, value: (named: Named) => string, values: object = {}): Door =>
  async (bench, from, named, real) => {
    if (real) await bench.use(await opens(bench, from, { ...named, caseId: named.one.id }, true));
    const top = real ? await bench.top(from.user) : null;
    const meta = { caseId: named.caseId, version: named.version, request: named.request };
    const form = { id: top?.id ?? `V${fresh()}`, hash: '', callback: 'x', meta, values };
    return pressBody(from, {
      action,
      value: value(named),
      trigger: `${fresh()}.1`,
      respondTo: bench.respondTo,
      form,
    });
  };

const submit =
  (callback: string, meta: (named: Named) => object, values: object = {}): Door =>
  (_bench, from, named) => {
    const form: SentForm = { id: `V${fresh()}`, hash: 'h', callback, meta: meta(named), values };
    return Promise.resolve(submitBody(from, form));
  };

const command =
  (text: (named: Named) => string): Door =>
  (_bench, from, named) =>
    Promise.resolve(commandBody(from, COMMAND, text(named)));

const stamp = (bench: MatrixBench): string => `${Math.floor(bench.clock.now / 1000)}.${fresh()}`;

const says =
  (words: string, where: 'dm' | 'mention', shared = false): Door =>
  (bench, from) => {
    const said = { user: from.user, team: from.team, text: words, ts: stamp(bench) };
    const place =
      where === 'dm'
        ? { type: 'message', channel_type: 'im', channel: `D0${from.user.slice(1)}` }
        : { type: 'app_mention', channel: 'C0TRIAGE' };
    return Promise.resolve(eventBody(from, { ...place, ...said }, shared));
  };

const home: Door = (_bench, from) =>
  Promise.resolve(eventBody(from, { type: 'app_home_opened', user: from.user, tab: 'home' }));

const byId = ({ caseId }: Named): object => ({ caseId });
const noted = field('evidence', { value: 'seen on paper' });

/** What Slack would send for each use of the desk. A part after a colon tells uses of one door apart. */
export const DOORS: Record<string, Door> = {
  'press take': press('take'),
  'press release': press('release'),
  'press more:take': press('more', (id) => `take|${id}`),
  'press more:release': press('more', (id) => `release|${id}`),
  'press more:priority': opener('more', (id) => `priority|${id}`),
  'press more:note': opener('more', (id) => `note|${id}`),
  'press more:take_back': opener('more', (id) => `take_back|${id}`),
  'press more:details': press('more', (id) => `details|${id}`),
  'press details': opener('details'),
  'press reply': opener('reply'),
  'press status': opener('status'),
  'press priority': opener('priority'),
  'press note': opener('note'),
  'press second': opener('second'),
  'press refuse_second': inForm(
    opener('second'),
    'refuse_second',
    ({ caseId, request }) => `${caseId}|${request}`,
  ),
  'press to': inForm(
    opener('status'),
    'to',
    () => 'need_info',
    field('to', { selected_option: { value: 'need_info' } }),
  ),
  'form reply_form': submit('reply_form', byId, {
    ...field('text', { value: 'We have written to them.' }),
    ...field('language', { selected_option: { value: 'en' } }),
  }),
  'form reply_preview': submit('reply_preview', ({ caseId, draft }) => ({ caseId, draft })),
  'form status_form': submit('status_form', ({ caseId, version }) => ({ caseId, version }), {
    ...field('to', { selected_option: { value: 'closed' } }),
    ...field('tell', { selected_options: [{ value: 'yes' }] }),
    ...noted,
  }),
  'form status_form:shares': submit('status_form', ({ caseId, version }) => ({ caseId, version }), {
    ...field('to', { selected_option: { value: 'sent_to_embassy' } }),
    ...noted,
  }),
  'form priority_form': submit(
    'priority_form',
    byId,
    field('priority_choice', { selected_option: { value: 'P0' } }),
  ),
  'form note_form': submit('note_form', byId, field('text', { value: 'called her' })),
  'form second_form': submit('second_form', ({ caseId, request }) => ({ caseId, request })),
  'form take_back_form': submit('take_back_form', byId, field('reason', { value: 'It was another man.' })),
  'command /helpline': command(() => ''),
  'command /helpline:reference': command(({ reference }) => reference),
  'event message:question': says('hello', 'dm'),
  'event message:report': says('My brother is missing in Russia', 'dm'),
  'event message:mention': says('My brother is missing in Russia', 'mention'),
  'event message:shared': says('My brother is missing in Russia', 'mention', true),
  'event press': (bench, from) =>
    Promise.resolve(
      pressBody(from, {
        action: 'answer:0',
        value: 'i:dna-sample',
        trigger: `${fresh()}.1`,
        respondTo: bench.respondTo,
      }),
    ),
  'event home': home,
};

/** Every way in which something that the inbox kept is handled. One that is new here has to have a door above. */
export const EVENT_DOORS: Record<StoredEvent['kind'], string> = {
  message: 'event message',
  press: 'event press',
  home: 'event home',
};
