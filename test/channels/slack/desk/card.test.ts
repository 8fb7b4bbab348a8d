import { describe, expect, test } from 'vitest';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { cardBlocks, cardText } from '../../../../src/channels/slack/desk/case-card.ts';
import { caseBlocks, queueBlocks } from '../../../../src/channels/slack/desk/case-list.ts';
import { lineText } from '../../../../src/channels/slack/desk/desk-line.ts';
import { homeView } from '../../../../src/channels/slack/desk/home.ts';
import { statusForm } from '../../../../src/channels/slack/desk/status-form.ts';
import type { CaseCard } from '../../../../src/core/desk/case-card.ts';
import { ARJUN, caseOf, MEERA } from '../../../support/memory-desk-cards.ts';

const labels = englishLabels();
const NOW = Date.UTC(2026, 10, 22, 12);
const blocksOf = (card: CaseCard): string => JSON.stringify(cardBlocks(card, labels, NOW));
const actionsIn = (blocks: unknown): string[] =>
  [...JSON.stringify(blocks).matchAll(/"action_id":"(\w+)"/g)].map(([, id = '']) => id);
const menuOf = (card: CaseCard): string[] =>
  [...blocksOf(card).matchAll(/"value":"(\w+)\|case-1"/g)].map(([, id = '']) => id);

const REQUEST = {
  id: 'request-1',
  to: 'raised_with_russia',
  by: 'UARJUN',
  at: NOW,
  beyondConsent: false,
} as const;

const texts = (blocks: object[]): string => JSON.stringify(blocks);

describe('a card', () => {
  test('says everything in one glance', () => {
    const shown = blocksOf(
      caseOf({
        priority: 'P0',
        owner: MEERA,
        createdAt: NOW - 3 * 86_400_000,
        familyAt: NOW - 7_200_000,
        answered: 1,
        lastAnswer: { number: 2, delivery: 'failed' },
        nextContactAt: NOW + 1000,
        blocked: true,
      }),
    );
    for (const word of [
      '🔴 P0',
      '7K3MQ2X4',
      'Missing · Passport taken',
      '🇷🇺 Russia',
      'Punjabi',
      'Received',
      'Meera Nair',
      'family waits',
      '2 hours ago',
      '2 received, 1 answered',
      '№ 2 ✗ not delivered',
      'form finished',
      'May be shared with: Embassy and Ministry, Russian side and Red Cross',
      'Word promised by',
      'has blocked',
    ])
      expect(shown).toContain(word);
    expect(shown).not.toMatch(/Overdue|second officer/);
  });

  test('says that a promised word is overdue once the clock has said so', () => {
    const shown = blocksOf(caseOf({ nextContactAt: NOW - 2000, overdueAt: NOW - 1000 }));
    expect(shown).toContain('Overdue: word was promised by');
    expect(blocksOf(caseOf({ nextContactAt: NOW - 2000 }))).not.toContain('Overdue');
  });

  test('says what may be shared, and when nothing may', () => {
    expect(blocksOf(caseOf({ purposes: ['desk'] }))).toContain('only the desk may know of it');
    expect(blocksOf(caseOf({ purposes: null }))).toContain('no consent in force: nothing may be shared');
    expect(blocksOf(caseOf({ purposes: ['desk', 'police'] }))).toContain('May be shared with: police');
  });

  test('has Take while it is free, and gives it back or takes it over in its menu', () => {
    expect(actionsIn(cardBlocks(caseOf(), labels, NOW))).toEqual([
      'take',
      'reply',
      'details',
      'status',
      'more',
    ]);
    expect(menuOf(caseOf())).toEqual(['note', 'priority']);
    const taken = caseOf({ owner: MEERA });
    expect(actionsIn(cardBlocks(taken, labels, NOW))).toEqual(['reply', 'details', 'status', 'more']);
    expect(menuOf(taken)).toEqual(['note', 'priority', 'release', 'take']);
  });

  test('offers to take an outcome back only where there is one', () => {
    expect(menuOf(caseOf({ status: 'located' }))).toContain('take_back');
    expect(menuOf(caseOf({ status: 'reply_received' }))).not.toContain('take_back');
  });

  test('of a move that waits says who asks for what, and has the button to look at it first', () => {
    const card = caseOf({ status: 'sent_to_embassy', owner: ARJUN, request: REQUEST });
    expect(blocksOf(card)).toContain('Waits for a second officer');
    expect(blocksOf(card)).toContain('"user_id":"UARJUN"');
    expect(actionsIn(cardBlocks(card, labels, NOW))[0]).toBe('second');
    expect(blocksOf(caseOf({ owner: ARJUN }))).not.toContain('second officer');
  });

  test('that is closed is quiet: to be read, and to be reopened', () => {
    const closed = caseOf({
      status: 'closed',
      owner: MEERA,
      overdueAt: NOW,
      request: REQUEST,
      blocked: true,
      familyAt: NOW,
    });
    expect(actionsIn(cardBlocks(closed, labels, NOW))).toEqual(['details', 'status']);
    expect(actionsIn(caseBlocks(closed, labels, NOW))).toEqual(['details', 'status']);
    expect(blocksOf(closed)).not.toMatch(/family waits|promised|second officer|blocked|primary/);
  });

  test('holds nothing personal but the officer’s name', () => {
    const card = {
      ...caseOf({ owner: MEERA, request: REQUEST }),
      fields: { person_name: 'Gurpreet Singh' },
      reporter_phone: '+919800000000',
      note: 'Gurpreet wrote',
    };
    expect(`${blocksOf(card)} ${cardText(card, labels)}`).not.toMatch(/Gurpreet|9198/);
  });

  test('is the same for the same case and time', () => {
    const at = { familyAt: 0, createdAt: 0, nextContactAt: 0 };
    expect(cardBlocks(caseOf(at), labels, NOW)).toEqual(cardBlocks(caseOf(at), labels, NOW));
  });
});

describe('a case that staff have opened', () => {
  const STAFF = caseOf({ channel: 'slack', owner: MEERA, purposes: null });

  test('offers no answer anywhere, and says why', () => {
    const queue = { mine: { cards: [STAFF], count: 1 }, free: { cards: [STAFF], count: 1 }, open: 2 };
    const places = [
      cardBlocks(STAFF, labels, NOW),
      cardBlocks({ ...STAFF, owner: null }, labels, NOW),
      caseBlocks(STAFF, labels, NOW),
      homeView(queue, labels, NOW).blocks,
      queueBlocks(queue, labels, NOW),
    ];
    for (const blocks of places) {
      expect(actionsIn(blocks)).not.toContain('reply');
      expect(actionsIn(blocks)).toContain('details');
      expect(JSON.stringify(blocks)).toContain('there is nobody to write to here');
      expect(JSON.stringify(blocks)).not.toContain('family waits');
    }
  });

  test('has no tick to tell a family in its status form', () => {
    expect(JSON.stringify(statusForm(STAFF, labels, '2026-01-02', 'need_info'))).not.toContain('"tell"');
    expect(JSON.stringify(statusForm(caseOf(), labels, '2026-01-02', 'need_info'))).toContain('"tell"');
  });
});

const many = (length: number, over: Partial<CaseCard> = {}): CaseCard[] =>
  Array.from({ length }, (_, at) => caseOf({ caseId: `case-${at}`, reference: `REF${at}`, ...over }));

describe('a list', () => {
  const full = (most: number) => ({
    mine: { cards: many(most, { owner: MEERA }), count: 140 },
    free: { cards: many(most), count: 299 },
    open: 500,
  });

  test('of the Home tab fits into a hundred blocks, with as many cases as fit and true counts', () => {
    const { blocks } = homeView(full(15), labels, NOW);
    expect(blocks.length).toBeLessThanOrEqual(100);
    expect(actionsIn(blocks).filter((id) => id === 'details')).toHaveLength(30);
    for (const words of [
      '500 open cases in all',
      'My cases (140)',
      '… and 125 more',
      'Not taken yet (299)',
      '… and 284 more',
    ])
      expect(texts(blocks)).toContain(words);
  });

  test('of the command fits into fifty blocks, with true counts', () => {
    const blocks = queueBlocks(full(5), labels, NOW);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(texts(blocks)).toContain('… and 135 more');
    expect(texts(blocks)).toContain('… and 294 more');
  });

  test('that holds everything says nothing of more', () => {
    const queue = { mine: { cards: many(2), count: 2 }, free: { cards: [], count: 0 }, open: 2 };
    const blocks = texts(homeView(queue, labels, NOW).blocks);
    expect(blocks).not.toContain('more,');
    expect(blocks).toContain('Every open case is in somebody’s hands.');
  });

  test('lets each case be read, also one that waits for a second officer and that nobody has taken', () => {
    expect(actionsIn(caseBlocks(caseOf({ request: REQUEST }), labels, NOW))).toEqual([
      'second',
      'take',
      'details',
    ]);
    expect(actionsIn(caseBlocks(caseOf(), labels, NOW))).toEqual(['take', 'reply', 'details']);
  });
});

describe('a line under a card', () => {
  test('says who asks for what, and that another officer must confirm it', () => {
    expect(lineText({ what: 'second-asked', by: 'Meera', to: 'raised_with_russia' }, labels)).toBe(
      '⏳ Meera asks for the status Raised with Russia. Another officer must confirm it.',
    );
  });

  test('says who ended a request, in words that fit a refusal and a change of mind alike', () => {
    expect(lineText({ what: 'second-refused', by: 'Arjun', to: 'raised_with_russia' }, labels)).toBe(
      '✋ Arjun has ended the request for the status Raised with Russia. Nothing was changed.',
    );
  });

  test('says who took back which outcome', () => {
    expect(lineText({ what: 'taken-back', by: 'Kavita', from: 'death_confirmed' }, labels)).toBe(
      '↩️ Kavita took back the outcome Death confirmed',
    );
  });

  test('names both officers of a confirmed status, and one where there was one', () => {
    const line = { what: 'status', by: 'Meera', to: 'raised_with_russia' } as const;
    expect(lineText({ ...line, second: 'Arjun' }, labels)).toBe(
      '🏷️ Meera set the status: Raised with Russia; Arjun confirmed it',
    );
    expect(lineText(line, labels)).toBe('🏷️ Meera set the status: Raised with Russia');
  });
});
