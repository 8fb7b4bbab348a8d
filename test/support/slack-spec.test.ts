import { describe, expect, test } from 'vitest';
import { checkBlocks, checkSlackCall, checkSlackPayload, checkView, slackSpecHere } from './slack-spec.ts';
import { recordedPayloads } from './slack-recorded.ts';
import { join } from 'node:path';

const words = (text: string) => ({ type: 'plain_text', text });
const modal = { type: 'modal', title: words('Reply'), blocks: [{ type: 'divider' }] };
const recorded = join(import.meta.dirname, '../../../shared/specs/slack/recorded-vercel-chat');

describe.skipIf(!slackSpecHere)('the checks by the Slack specification', () => {
  test('a sound call passes; a typo, a missing argument and an unknown method do not', () => {
    expect(checkSlackCall('chat.postMessage', { channel: 'C1', text: 'x' })).toEqual([]);
    expect(checkSlackCall('chat.postMessage', { chanel: 'C1' })).toHaveLength(2);
    expect(checkSlackCall('chat.postMassage', {})).toHaveLength(1);
  });
  test('sound blocks pass; an unknown type, a wrong text and long words do not', () => {
    const header = { type: 'header', text: words('Case') };
    const button = { type: 'button', action_id: 'go', text: words('x'.repeat(76)) };
    expect(checkBlocks([header])).toEqual([]);
    expect(checkBlocks([{ type: 'headline', text: words('x') }])).not.toEqual([]);
    expect(checkBlocks([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }])).not.toEqual([]);
    expect(checkBlocks([{ type: 'actions', elements: [button] }])).not.toEqual([]);
    expect(checkBlocks(Array.from({ length: 51 }, () => ({ type: 'divider' })))).not.toEqual([]);
  });
  test('a sound modal passes; a long title and long metadata do not', () => {
    expect(checkView(modal)).toEqual([]);
    expect(checkView({ ...modal, title: words('x'.repeat(25)) })).not.toEqual([]);
    expect(checkView({ ...modal, private_metadata: 'x'.repeat(3001) })).not.toEqual([]);
  });
  test.each(['view_submission', 'slash_command'] as const)(
    'recorded %s payloads pass, an invented key does not',
    (kind) => {
      const payloads = recordedPayloads(recorded, kind);
      expect(payloads.length).toBeGreaterThan(0);
      for (const payload of payloads) {
        expect(checkSlackPayload(kind, { ...payload })).toEqual([]);
        expect(checkSlackPayload(kind, { ...payload, family: 1 })).toHaveLength(1);
      }
    },
  );
});
