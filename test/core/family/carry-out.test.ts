import { afterEach, beforeEach, expect, it } from 'vitest';
import { carryOut } from '../../../src/core/family/carry-out.ts';
import { freshConversation } from '../../../src/core/register/conversation-state.ts';
import { OPENED, type Act } from '../../../src/core/family/decision.ts';
import type { CaseRecord } from '../../../src/core/case/case-record.ts';
import { agreed, DESKS, helplineBench, KNOWLEDGE, type HelplineBench } from '../../support/helpline-bench.ts';

let bench: HelplineBench;
let others: CaseRecord;
beforeEach(async () => {
  bench = await helplineBench();
  await agreed(bench, '501');
  others = await agreed(bench, '502');
});
afterEach(() => bench.clean());

/** Carries out acts as if the chat of 501 had brought them about. */
const carriedOut = (act: Act): Promise<void> =>
  bench.register.work(async (unit) => {
    const chat = await unit.chats.open('telegram', '501');
    const message = {
      source: { name: 'telegram' as const, key: 'planted' },
      channel: 'telegram' as const,
      address: '501',
      messageId: 'm',
      edited: false,
      at: unit.now,
      content: { kind: 'text' as const, text: 'words of 501' },
    };
    const turn = {
      message,
      chat,
      conversation: freshConversation('en'),
      cases: await unit.cases.ofChat(chat.id),
      fields: {},
      fieldsByCase: new Map<string, never>(),
      nextNumber: 1,
      consent: null,
      facts: {},
      routed: null,
      now: unit.now,
      deskReachable: () => true,
      reference: 'x',
      desks: DESKS,
      knowledge: KNOWLEDGE,
      speech: KNOWLEDGE.speech('en'),
    };
    await carryOut(unit, turn, { acts: [act], next: null });
  });

it.each<[string, (caseId: string) => Act]>([
  ['keep', (caseId) => ({ do: 'keep', caseId, tellDesk: true })],
  ['fields', (caseId) => ({ do: 'fields', caseId, values: { reporter_name: 'Sunita' } })],
  ['danger', (caseId) => ({ do: 'danger', caseId, what: 'heard' })],
  ['raise', (caseId) => ({ do: 'raise', caseId, priority: 'P0' })],
  ['line', (caseId) => ({ do: 'line', caseId, line: { what: 'urgent' } })],
  ['form-done', (caseId) => ({ do: 'form-done', caseId })],
  ['language', (caseId) => ({ do: 'language', caseId, language: 'hi' })],
])('"%s" never touches a case of another chat', async (_name, act) => {
  const before = [await bench.cases('502'), await bench.messages(others.id), await bench.fields(others.id)];
  for (const target of [others.id, 'no-such-case', OPENED])
    await expect(carriedOut(act(target))).rejects.toThrow('not of its chat');
  expect([await bench.cases('502'), await bench.messages(others.id), await bench.fields(others.id)]).toEqual(
    before,
  );
});
