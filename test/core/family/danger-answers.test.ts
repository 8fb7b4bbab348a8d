import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/family/decide.ts';
import type { Turn } from '../../../src/core/family/decision.ts';
import { freshConversation } from '../../../src/core/register/conversation-state.ts';
import type { Router } from '../../../src/router/router.ts';
import { DESKS, KNOWLEDGE } from '../../support/helpline-bench.ts';
import { realRouter } from '../../support/kept.ts';

type Heard = 'yes' | 'no' | 'unknown' | 'unclear';
type Reply = { language: string; script: 'native' | 'roman'; text: string; want: Heard };

/**
 * Replies to "is somebody in danger?" in twenty ways of writing. Who wrote them has seen neither the lists of words nor the
 * examples nor the code: they are for measuring, so nothing may be fitted to them.
 */
const replies: Reply[] = readFileSync('bench/data/danger-answers.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const NOW = Date.UTC(2026, 10, 22, 9);
let router: Router;
beforeAll(async () => {
  router = await realRouter();
}, 600_000);

/** What comes of a reply while the question waits: the desk is called, the answer is noted, or it is asked again. */
function heard({ language: code, script, text }: Reply): Heard {
  const language = script === 'roman' && code !== 'en' ? `${code}-Latn` : code;
  const turn: Turn = {
    message: {
      channel: 'telegram',
      address: '1',
      source: { name: 'telegram', key: '1' },
      messageId: '1',
      edited: false,
      at: NOW,
      content: { kind: 'text', text },
    },
    chat: { id: 'chat', channel: 'telegram', address: '1', blockedAt: null, createdAt: NOW },
    conversation: { ...freshConversation(language), step: { at: 'danger' }, intents: ['report-relative'] },
    cases: [],
    fields: {},
    fieldsByCase: new Map(),
    nextNumber: 1,
    consent: null,
    routed: router.route(text, { language }),
    facts: {},
    now: NOW,
    deskReachable: () => true,
    desks: DESKS,
    reference: '00000000',
    knowledge: KNOWLEDGE,
    speech: KNOWLEDGE.speech(language),
  };
  const { acts, next } = decide(turn);
  if (acts.some((act) => act.do === 'line' && act.line.what === 'urgent')) return 'yes';
  return next?.danger ?? 'unclear';
}

const count = (want: Heard, got: Heard): number =>
  replies.filter((reply) => reply.want === want && heard(reply) === got).length;

describe('replies by somebody who knows nothing of how they are read', () => {
  it('are 240, twelve in each way of writing', () => {
    expect(Map.groupBy(replies, ({ language, script }) => `${language} ${script}`).size).toBe(20);
    expect(replies).toHaveLength(240);
  });

  it('no assent, name, number or question calls anybody, and all are asked again', () => {
    expect(count('unclear', 'unclear')).toBe(60);
  });

  it('danger is never heard as none, nor as not known', () => {
    expect(count('yes', 'no') + count('yes', 'unknown')).toBe(0);
  });

  it('of 80 that say no, three quarters are heard so at once and two at most call the desk', () => {
    expect(count('no', 'no')).toBeGreaterThanOrEqual(60);
    expect(count('no', 'yes')).toBeLessThanOrEqual(2);
  });

  it('of 60 that tell of danger, 40 call the desk at once; a wound without a yes is asked again', () => {
    expect(count('yes', 'yes')).toBeGreaterThanOrEqual(40);
  });

  it('of 40 that do not know, 37 are heard so, and none calls anybody', () => {
    expect(count('unknown', 'unknown')).toBeGreaterThanOrEqual(37);
    expect(count('unknown', 'yes')).toBe(0);
  });
});
