import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerBlocks } from '../../../../src/channels/slack/desk/answers.ts';
import { cardBlocks, cardText } from '../../../../src/channels/slack/desk/case-card.ts';
import { queueBlocks } from '../../../../src/channels/slack/desk/case-list.ts';
import { lineMessage, lineText } from '../../../../src/channels/slack/desk/desk-line.ts';
import { detailsView } from '../../../../src/channels/slack/desk/details.ts';
import { homeView } from '../../../../src/channels/slack/desk/home.ts';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { pieces } from '../../../../src/channels/slack/blocks/limits.ts';
import { escapeMrkdwn, fromMrkdwn } from '../../../../src/channels/slack/blocks/mrkdwn.ts';
import { noteForm } from '../../../../src/channels/slack/desk/note-form.ts';
import { noticeView } from '../../../../src/channels/slack/desk/notice-view.ts';
import { priorityForm } from '../../../../src/channels/slack/desk/priority-form.ts';
import { replyForm, replyPreview } from '../../../../src/channels/slack/desk/reply-form.ts';
import { literal, mrkdwn, richTextBlocks } from '../../../../src/channels/slack/blocks/rich-text.ts';
import { secondForm } from '../../../../src/channels/slack/desk/second-form.ts';
import { takeBackForm } from '../../../../src/channels/slack/desk/take-back-form.ts';
import { statusForm } from '../../../../src/channels/slack/desk/status-form.ts';
import type { CaseCard } from '../../../../src/core/desk/case-card.ts';
import { movesFrom, PRIORITIES, STATUSES } from '../../../../src/core/case/case-status.ts';
import type { CaseDetails, Queue } from '../../../../src/core/desk/desk.ts';
import type { DeskLine } from '../../../../src/core/register/outbox.ts';
import { DOORS, PURPOSES, type CaseMessage, type Delivery } from '../../../../src/core/case/case-record.ts';
import { messageBlocks } from '../../../../sandbox/src/slack/blocks.ts';
import {
  homeView as homeSchema,
  maxViewBytes,
  modalView,
} from '../../../../sandbox/src/slack/view-schema.ts';
import { hostileText } from '../../../support/hostile-text.ts';
import { caseOf, recordOf } from '../../../support/memory-desk-cards.ts';
import { checkBlocks, checkView } from '../../../support/slack-spec.ts';

const labels = englishLabels();
const OPEN = { reference: '7K3MQ2X4', status: 'received' } as const;
const NOW = Date.UTC(2026, 10, 22, 12);
const DELIVERIES: Delivery[] = ['waiting', 'delivered', 'failed', 'unknown'];
const runs = { numRuns: 60 };

const cards: fc.Arbitrary<CaseCard> = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    priority: fc.constantFrom(...PRIORITIES),
    country: fc.option(fc.oneof(fc.constantFrom('RU', 'UA', 'unknown', 'xx'), hostileText)),
    language: fc.oneof(fc.constantFrom('pa', 'hi-Latn', 'en'), hostileText),
    needs: fc.array(fc.oneof(fc.constantFrom('missing', 'injured'), hostileText), { maxLength: 12 }),
    owner: fc.option(fc.record({ id: fc.constant('U1'), name: hostileText })),
    formDone: fc.boolean(),
    createdAt: fc.integer({ min: NOW - 1e10, max: NOW }),
    familyAt: fc.integer({ min: NOW - 1e10, max: NOW }),
    deskAt: fc.option(fc.integer({ min: NOW - 1e10, max: NOW })),
    nextContactAt: fc.option(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 })),
    received: fc.nat(9999),
    answered: fc.nat(9999),
    lastAnswer: fc.option(fc.record({ number: fc.nat(999), delivery: fc.constantFrom(...DELIVERIES) })),
    hasFamily: fc.boolean(),
    blocked: fc.boolean(),
    overdueAt: fc.option(fc.integer({ min: NOW - 1e9, max: NOW })),
    channel: fc.constantFrom('telegram', 'slack'),
    purposes: fc.option(fc.subarray([...PURPOSES])),
    request: fc.option(
      fc.record({
        id: fc.constant('request-1'),
        to: fc.constantFrom(...STATUSES),
        by: fc.constant('U1'),
        at: fc.constant(NOW),
        beyondConsent: fc.boolean(),
      }),
    ),
  })
  .map((card) => caseOf({ ...card, moves: movesFrom(card.status) }));

const messages: fc.Arbitrary<CaseMessage> = fc.record({
  id: fc.uuid(),
  caseId: fc.constant('case-1'),
  number: fc.nat(999),
  from: fc.constantFrom('family', 'desk', 'note'),
  author: fc.option(fc.record({ id: fc.constant('U1'), name: hostileText })),
  text: hostileText,
  attachment: fc.option(
    fc.record({
      kind: fc.constantFrom('voice', 'photo'),
      file: fc.constant('f'),
      seconds: fc.nat(900),
      name: hostileText,
    }),
  ),
  language: fc.constant('pa'),
  at: fc.constant(NOW),
  delivery: fc.option(fc.constantFrom(...DELIVERIES)),
  failure: fc.option(hostileText),
  platformId: fc.constant(null),
  edits: fc.option(fc.constant('m0')),
});

const details: fc.Arbitrary<CaseDetails> = fc.record({
  case: fc.constant(recordOf(caseOf())),
  fields: fc.array(
    fc.record({ id: fc.oneof(fc.constantFrom('person_name', 'situation'), hostileText), value: hostileText }),
    { maxLength: 30 },
  ),
  messages: fc.array(messages, { maxLength: 60 }),
  takeUps: fc.array(
    fc.record({
      id: fc.uuid(),
      personId: fc.constant('p'),
      caseId: fc.constant('case-1'),
      door: fc.constantFrom('embassy_moscow', 'ministry_delhi'),
      counterpart: hostileText,
      date: fc.constant('2026-01-02'),
      reference: hostileText,
      officer: fc.record({ id: fc.constant('U1'), name: hostileText }),
      secondOfficer: fc.record({ id: fc.constant('U2'), name: hostileText }),
      at: fc.constant(NOW),
    }),
    { maxLength: 12 },
  ),
});

/** Every text that Slack would read as markup. */
const markup = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(markup);
  if (typeof value !== 'object' || value === null) return [];
  const own =
    'type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string'
      ? [value.text]
      : [];
  return [...own, ...Object.values(value).flatMap(markup)];
};
/** Nothing but our own dates may stand in angle brackets. */
const wild = (texts: string[]): string[] =>
  texts.filter((text) => /[<>]/.test(text.replace(/<!date\^\d+\^[^<>|]*\|[^<>|]*>/g, '')));

/** Without the mentions that a line is asked for. */
const ours = (all: unknown): unknown =>
  JSON.parse(JSON.stringify(all).replaceAll(/<@(U1|W9Z)>|<!channel>/g, ''));

/** What is wrong with a message by Slack's rules and ours. */
const messageFaults = (text: string, blocks: unknown[]): string[] => [
  ...(messageBlocks.safeParse(blocks).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ),
  ...checkBlocks(blocks),
  ...(text.length > 4000 ? ['text too long'] : []),
  ...wild([text, ...markup(blocks)]),
];
/** The same of a form or a Home tab. */
const viewFaults = (view: { type: string }): string[] => {
  const schema = view.type === 'home' ? homeSchema : modalView;
  return [
    ...(schema.safeParse(view).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    ),
    ...checkView(view),
    ...(Buffer.byteLength(JSON.stringify(view)) > maxViewBytes ? ['too large'] : []),
    ...wild(markup(view)),
  ];
};

describe('whatever people are called and write', () => {
  test('a card is what Slack takes, with nothing in it read as markup', () => {
    fc.assert(
      fc.property(cards, (card) => {
        expect(messageFaults(cardText(card, labels), cardBlocks(card, labels, NOW))).toEqual([]);
      }),
      runs,
    );
  });

  test('a line is what Slack takes; only an urgent one calls the channel', () => {
    const lines: fc.Arbitrary<DeskLine> = fc.oneof(
      fc.record({
        what: fc.constant('family-wrote' as const),
        number: fc.nat(),
        attachment: fc.option(hostileText),
      }),
      fc.record({ what: fc.constantFrom('taken' as const, 'released' as const), by: hostileText }),
      fc.record({
        what: fc.constantFrom(
          'status' as const,
          'priority' as const,
          'second-asked' as const,
          'second-refused' as const,
        ),
        by: hostileText,
        to: hostileText,
      }),
      fc.record({ what: fc.constant('taken-back' as const), by: hostileText, from: hostileText }),
      fc.record({
        what: fc.constant('status' as const),
        by: hostileText,
        to: hostileText,
        second: hostileText,
      }),
      fc.record({ what: fc.constant('not-delivered' as const), number: fc.nat(), why: hostileText }),
    );
    fc.assert(
      fc.property(lines, hostileText, (line, reference) => {
        const { text, blocks, broadcast } = lineMessage(line, { ...OPEN, reference }, labels);
        expect(messageFaults(text, blocks)).toEqual([]);
        expect(broadcast).toBe(false);
      }),
      runs,
    );
    const urgent = lineMessage({ what: 'urgent' }, { ...OPEN, reference: '<!here>' }, labels);
    expect(urgent.text).toMatch(/^<!channel> &lt;!here&gt;/);
  });

  test('who is called is called by id; no name, reference or code becomes a mention', () => {
    const ids = fc.array(fc.oneof(fc.constantFrom('U1', 'W9Z'), hostileText), { maxLength: 20 });
    const by = fc.integer({ min: 0, max: 4e12 });
    const lines: fc.Arbitrary<DeskLine> = fc.oneof(
      fc.record({ what: fc.constant('promise-missed' as const), by, mention: ids }),
      fc.record({ what: fc.constant('untaken' as const), times: fc.nat(), mention: ids }),
      fc.record({ what: fc.constant('second-lapsed' as const), to: hostileText, mention: ids }),
      fc.record({ what: fc.constant('form-left' as const) }),
    );
    fc.assert(
      fc.property(lines, hostileText, (line, reference) => {
        const { text, blocks, broadcast } = lineMessage(line, { ...OPEN, reference }, labels);
        expect(messageFaults(String(ours(text)), [ours(blocks)].flat())).toEqual([]);
        expect(broadcast).toBe(line.what === 'untaken');
        expect(text.includes('<!channel>')).toBe(line.what === 'untaken' && !/<@/.test(text));
      }),
      runs,
    );
  });

  test('a line that calls says whom and why', () => {
    const shown = (line: DeskLine): string => lineMessage(line, OPEN, labels).text;
    expect(shown({ what: 'untaken', times: 1, mention: 'channel' })).toMatch(
      /^<!channel> 7K3MQ2X4: 🔴 .*nobody has taken this case\. Reminder 1:/,
    );
    expect(shown({ what: 'untaken', times: 2, mention: ['U1'] })).toMatch(/^<@U1> 7K3MQ2X4: /);
    const by = Date.UTC(2026, 10, 22, 12, 30);
    expect(shown({ what: 'promise-missed', by, mention: ['U1'] })).toBe(
      `⏰ Word was promised by <!date^${by / 1000}^{date_short_pretty}, {time}|2026-11-22 12:30>, and nobody has written. <@U1>`,
    );
    expect(lineText({ what: 'promise-missed', by, mention: ['U1'] }, labels)).toBe(
      '⏰ Word was promised by 2026-11-22 12:30 UTC, and nobody has written.',
    );
    expect(shown({ what: 'second-lapsed', to: 'raised_with_russia', mention: ['U2'] })).toContain(
      'Raised with Russia in time. Nothing was changed',
    );
  });

  test('details are what Slack takes', () => {
    fc.assert(
      fc.property(cards, details, (card, all) => {
        expect(viewFaults(detailsView(card, all, labels, NOW))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('forms are what Slack takes', () => {
    fc.assert(
      fc.property(cards, fc.option(fc.constantFrom(...STATUSES)), (card, to) => {
        expect(viewFaults(replyForm(card, labels, NOW))).toEqual([]);
        expect(viewFaults(priorityForm(card, labels))).toEqual([]);
        expect(viewFaults(noteForm(card))).toEqual([]);
        const chosen = to !== null && card.moves.includes(to) ? to : null;
        expect(viewFaults(statusForm(card, labels, '2026-01-02', chosen))).toEqual([]);
      }),
      runs,
    );
  });

  test('a preview and a notice are what Slack takes', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, name) => {
        const preview = [{ kind: 'paragraph' as const, children: [{ text, bold: true as const }] }];
        expect(
          viewFaults(
            replyPreview(
              { draft: 'd', preview, to: { reporter_name: name, reporter_role: name } },
              'case-1',
              labels,
            ),
          ),
        ).toEqual([]);
        expect(viewFaults(noticeView(text))).toEqual([]);
      }),
      runs,
    );
  });

  test('lists are what Slack takes, however long', () => {
    const lists = fc.array(cards, { maxLength: 15 }).map((some) => ({ cards: some, count: 25 }));
    const short = ({ cards: all, count }: Queue['mine']): Queue['mine'] => ({
      cards: all.slice(0, 5),
      count,
    });
    fc.assert(
      fc.property(lists, lists, (mine, free) => {
        expect(viewFaults(homeView({ mine, free, open: 99 }, labels, NOW))).toEqual([]);
        const queue = { mine: short(mine), free: short(free), open: 99 };
        expect(messageFaults('', queueBlocks(queue, labels, NOW))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('a move that waits is what Slack takes, whoever reads it', () => {
    const takeUp = fc.record({
      door: fc.constantFrom(...DOORS),
      counterpart: hostileText,
      date: hostileText,
      reference: hostileText,
    });
    const requests = fc.record({
      id: fc.constant('request-1'),
      to: fc.constantFrom(...STATUSES),
      officer: fc.record({ id: fc.constant('U1'), name: hostileText }),
      note: hostileText,
      tell: fc.boolean(),
      voice: fc.constantFrom('told' as const, 'not-yet' as const, null),
      takeUp: fc.option(takeUp),
      reason: fc.option(hostileText),
    });
    fc.assert(
      fc.property(cards, requests, (card, request) => {
        for (const reader of ['asked', 'decides', 'reads'] as const)
          expect(viewFaults(secondForm(card, request, reader, labels))).toEqual([]);
        expect(viewFaults(takeBackForm(card, labels))).toEqual([]);
      }),
      runs,
    );
  });

  test('an answer to staff is what Slack takes', () => {
    const inline = fc.record({
      text: hostileText,
      link: fc.constantFrom('https://mea.gov.in', 'javascript:alert(1)', 'https://x|y>'),
    });
    const rich = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constantFrom('paragraph' as const, 'quote' as const),
          children: fc.array(inline, { maxLength: 4 }),
        }),
        fc.record({
          kind: fc.constant('list' as const),
          ordered: fc.boolean(),
          items: fc.array(fc.array(inline, { maxLength: 3 }), { maxLength: 5 }),
        }),
      ),
      { minLength: 1, maxLength: 60 },
    );
    const buttons = fc.array(
      fc.array(fc.record({ id: fc.string({ maxLength: 64 }), label: hostileText }), { maxLength: 3 }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rich, buttons, (text, rows) => {
        const blocks = answerBlocks({ text, buttons: rows, language: 'en' });
        expect(blocks.length > 0 ? messageFaults('', blocks) : []).toEqual([]);
        expect(wild([mrkdwn(text)])).toEqual([]);
      }),
      runs,
    );
  });
});

describe('text', () => {
  test('is escaped after it is cut, and never cut inside an entity or a letter', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 10, max: 300 }), (text, limit) => {
        const escaped = escapeMrkdwn(text, limit);
        expect(escaped.length).toBeLessThanOrEqual(limit);
        expect(escaped.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      }),
    );
    expect(escapeMrkdwn('<!channel>')).toBe('&lt;!channel&gt;');
    expect(escapeMrkdwn('ab&', 7)).toBe('ab&amp;');
    expect(escapeMrkdwn('ab&&', 8)).toBe('ab&amp;…');
  });

  test('in pieces is the same text', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const parts = pieces(text, limit);
        expect(parts.join('')).toBe(text);
        expect(Math.max(0, ...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  test('of any length is shown letter by letter', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = [
          ...JSON.stringify(literal(text)).matchAll(/"type":"text","text":("(?:[^"\\]|\\.)*")/g),
        ];
        expect(shown.map(([, part = '""']) => String(JSON.parse(part))).join('')).toBe(text);
      }),
    );
  });

  test('that Slack sends comes back as it was typed', () => {
    expect(fromMrkdwn('<@U1> is &lt;b&gt; at <https://a.in|a.in>, <mailto:x@y.in|x@y.in> &amp;lt;')).toBe(
      'is <b> at https://a.in, x@y.in &lt;',
    );
  });

  test('keeps its marks and links, and a dangerous link is only words', () => {
    expect(
      richTextBlocks([
        {
          kind: 'paragraph',
          children: [
            { text: 'a', bold: true },
            { text: 'b', link: 'https://a.in' },
            { text: 'c', link: 'javascript:x' },
          ],
        },
      ]),
    ).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'a', style: { bold: true } },
              { type: 'link', url: 'https://a.in', text: 'b' },
              { type: 'text', text: 'c' },
            ],
          },
        ],
      },
    ]);
  });
});

test.each<DeskLine>([
  { what: 'family-wrote', number: 7, attachment: null },
  { what: 'family-edited', number: 7, of: 6 },
  { what: 'wants-person' },
  { what: 'fault' },
  { what: 'withdrawn' },
  { what: 'asked-deletion' },
])('$what in a closed case is shown in the channel, by its reference, and calls nobody', (line) => {
  expect(lineMessage(line, OPEN, labels).broadcast).toBe(false);
  const closed = lineMessage(line, { ...OPEN, status: 'closed' }, labels);
  expect(closed).toMatchObject({ broadcast: true, text: expect.stringContaining('7K3MQ2X4, closed: ') });
  expect(closed.text).not.toContain('channel');
});

test.each<DeskLine>([
  { what: 'status', by: 'Meera', to: 'closed' },
  { what: 'note', by: 'Meera' },
  { what: 'delivered', number: 3 },
])('$what in a closed case stays under its card', (line) => {
  expect(lineMessage(line, { ...OPEN, status: 'closed' }, labels).broadcast).toBe(false);
});

test('every status, priority and line has its words', () => {
  for (const status of STATUSES) expect(labels.status(status)).not.toMatch(/_/);
  for (const priority of PRIORITIES) expect(labels.priorityHint(priority).length).toBeLessThanOrEqual(75);
  expect(lineText({ what: 'status', by: 'Meera', to: 'sent_to_embassy' }, labels)).toContain(
    'Sent to the Embassy in Moscow',
  );
  expect(labels.language('hi-Latn')).toBe('Hindi (Latin)');
  expect(labels.value('situation', 'missing,injured')).toBe('Missing, Injured');
  expect(labels.value('visa_type', 'tourist')).toBe('Tourist');
  expect(labels.value('reporter_phone', '-')).toBe('not given');
  expect(labels.value('last_contact_date', 'unknown')).toBe('Not known');
  expect(labels.value('last_contact_date', '>2026-08-25')).toBe('after 25 Aug 2026');
  expect(labels.value('travel_date', '~2025-10')).toBe('about October 2025');
  expect(labels.value('person_birth', '1998')).toBe('1998');
  expect(labels.value('travel_date', 'last winter')).toBe('last winter');
});
