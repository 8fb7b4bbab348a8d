import type { Held } from '../register/conversation-state.ts';
import { raised } from '../case/case-status.ts';
import { OPENED, type Act, type Decision, type Turn } from './decision.ts';
import { codes } from '../case/intake-form.ts';
import type { DeskLine, Errand } from '../register/outbox.ts';
import type { CaseMessage, CaseRecord, FieldValues } from '../case/case-record.ts';
import type { UnitOfWork } from '../register/register.ts';
import { nextContact, priorityFor, reportedStatus } from '../case/triage.ts';
import { heldNow, openCase } from './turn.ts';

/** A line under the card is due when the family speaks after the desk, or after this long a silence; the card counts the rest. */
const LINE_PAUSE_MS = 10 * 60_000;

/**
 * Writes a decision: what changed, what must be sent, who did it. A case is only ever one of the turn's own chat, and a
 * message only ever goes to that chat's stored address.
 */
export async function applyDecision(unit: UnitOfWork, turn: Turn, decision: Decision): Promise<void> {
  const actor = turn.message.staff ? `staff:${turn.message.staff.id}` : `family:${turn.chat.id}`;
  const changed = new Set<string>();
  const lines: Extract<Errand, { kind: 'card-line' }>[] = [];
  let opened: CaseRecord | null = null;

  const own = async (caseId: string): Promise<CaseRecord> => {
    const id = caseId === OPENED ? opened?.id : caseId;
    const one = id === undefined ? null : await unit.cases.byId(id);
    if (!one || one.chatId !== turn.chat.id)
      throw new Error('a decision named a case that is not of its chat');
    return one;
  };
  const tell = (one: CaseRecord, line: DeskLine): void =>
    void lines.push({ kind: 'card-line', caseId: one.id, line });
  const change = async (
    one: CaseRecord,
    values: Partial<CaseRecord>,
    action: string,
    fields: string[],
  ): Promise<void> => {
    const { id: _id, ...rest } = values;
    if ((await unit.cases.change(one.id, one.version, rest)) === null)
      throw new Error('a case changed inside its own unit of work');
    changed.add(one.id);
    await unit.audit({ actor, action, object: `case:${one.id}`, fields });
  };

  for (const act of decision.acts) await carryOut(act);
  for (const caseId of changed) await unit.send({ kind: 'card', caseId });
  for (const line of lines) await unit.send(line);
  if (
    opened &&
    decision.next &&
    (decision.next.step.at === 'form' || decision.next.step.at === 'review') &&
    decision.next.step.caseId === OPENED
  )
    decision.next.step.caseId = (opened satisfies CaseRecord as CaseRecord).id;

  async function carryOut(act: Act): Promise<void> {
    switch (act.do) {
      case 'say': {
        const about = opened ?? turn.cases.find((one) => one.status !== 'closed') ?? null;
        await unit.send({
          kind: 'message',
          chatId: turn.chat.id,
          caseId: about?.id ?? null,
          messageId: null,
          message: act.message,
          whenUnknown: 'repeat',
        });
        return;
      }
      case 'open-case': {
        opened = await open(act);
        return;
      }
      case 'keep': {
        const one = await own(act.caseId);
        await keep(one, act.tellDesk);
        return;
      }
      case 'keep-held': {
        const one = await own(act.caseId);
        await addHeld(one, act.held);
        if (act.held.length > 0) await change(one, { familyAt: unit.now }, 'family-wrote', ['text']);
        return;
      }
      case 'keep-edit': {
        await keepEdit();
        return;
      }
      case 'fields': {
        const one = await own(act.caseId);
        await unit.fields.write(one.id, act.values, actor);
        const values = { ...(await unit.fields.read(one.id)) };
        await change(one, derived(one, values, unit.now), 'form-answered', Object.keys(act.values));
        return;
      }
      case 'language': {
        const one = await own(act.caseId);
        if (one.language !== act.language)
          await change(one, { language: act.language }, 'language-chosen', ['language']);
        return;
      }
      case 'raise': {
        const one = await own(act.caseId);
        const priority = raised(one.priority, act.priority);
        await change(
          one,
          { priority, nextContactAt: nextContact(priority, unit.now), familyAt: unit.now },
          'priority-raised',
          ['priority'],
        );
        return;
      }
      case 'form-done': {
        const one = await own(act.caseId);
        await change(
          one,
          { formDone: true, nextContactAt: one.nextContactAt ?? nextContact(one.priority, unit.now) },
          'form-done',
          [],
        );
        return;
      }
      case 'line': {
        const one = await own(act.caseId);
        changed.add(one.id);
        tell(one, act.line);
        return;
      }
      case 'consent': {
        const { version, hash } = turn.knowledge.notice(turn.conversation.language);
        await unit.consents.record({
          chatId: turn.chat.id,
          noticeVersion: version,
          noticeHash: hash,
          language: turn.conversation.language,
          purposes: act.purposes,
          at: unit.now,
          withdrawnAt: null,
        });
        await unit.audit({
          actor,
          action: 'consent-given',
          object: `chat:${turn.chat.id}`,
          fields: act.purposes,
        });
        return;
      }
      case 'withdraw-consent':
        await unit.consents.withdraw(turn.chat.id);
        await unit.audit({ actor, action: 'consent-withdrawn', object: `chat:${turn.chat.id}` });
        return;
      case 'count-refusal':
        await unit.chats.countRefusal();
        return;
      case 'blocked':
        await setBlocked(act.since);
        return;
    }
  }

  async function open(act: Extract<Act, { do: 'open-case' }>): Promise<CaseRecord> {
    const one = await unit.cases.open({
      reference: turn.reference,
      chatId: turn.chat.id,
      status: 'received',
      priority: act.priority,
      owner: null,
      country: countryOf(act.values),
      language: turn.conversation.language,
      needs: act.needs,
      reportedStatus: reportedStatus(act.values),
      formDone: act.formDone,
      createdAt: unit.now,
      familyAt: unit.now,
      deskAt: null,
      nextContactAt: nextContact(act.priority, unit.now),
    });
    await unit.fields.write(one.id, act.values, actor);
    await addHeld(one, act.held);
    await unit.audit({
      actor,
      action: 'case-opened',
      object: `case:${one.id}`,
      fields: Object.keys(act.values),
    });
    changed.add(one.id);
    return one;
  }

  /** The family's words as a message of the case; `edits` is the message that they are a newer wording of. */
  function addWords(one: CaseRecord, held: Held, edits: string | null = null): Promise<CaseMessage> {
    return unit.messages.add({
      caseId: one.id,
      from: 'family',
      author: null,
      text: held.text,
      attachment: held.attachment,
      language: turn.conversation.language,
      at: held.at,
      delivery: null,
      failure: null,
      platformId: held.messageId,
      edits,
    });
  }

  async function addHeld(one: CaseRecord, all: readonly Held[]): Promise<void> {
    for (const held of all) await addWords(one, held);
  }

  async function keep(one: CaseRecord, tellDesk: boolean): Promise<void> {
    for (const held of heldNow(turn)) {
      const kept = await addWords(one, held);
      const quiet = one.familyAt > (one.deskAt ?? 0) && unit.now - one.familyAt < LINE_PAUSE_MS;
      await change(
        one,
        { familyAt: unit.now },
        'family-wrote',
        held.attachment ? ['text', 'attachment'] : ['text'],
      );
      if (tellDesk && !quiet)
        tell(one, {
          what: 'family-wrote',
          number: kept.number,
          attachment: held.attachment?.kind ?? null,
        });
    }
  }

  async function keepEdit(): Promise<void> {
    const { messageId } = turn.message;
    const original =
      messageId === undefined ? null : await unit.messages.byPlatformId(turn.chat.id, messageId);
    const [held] = heldNow(turn);
    if (!held) return;
    // An answer to a question is in the form and not among the messages: its new wording goes to the desk as it is.
    const about = original?.caseId ?? openCase(turn)?.id;
    if (about === undefined) return;
    const one = await own(about);
    const kept = await addWords(one, held, original?.id);
    await change(one, { familyAt: unit.now }, 'family-edited', ['text']);
    tell(one, { what: 'family-edited', number: kept.number });
  }

  async function setBlocked(since: number | null): Promise<void> {
    await unit.chats.setBlocked(turn.chat.id, since);
    await unit.audit({
      actor,
      action: since === null ? 'unblocked' : 'blocked',
      object: `chat:${turn.chat.id}`,
    });
    for (const one of turn.cases.filter((each) => each.status !== 'closed')) {
      changed.add(one.id);
      tell(one, { what: since === null ? 'family-back' : 'family-blocked' });
    }
  }
}

/** The open columns that follow from the form's answers. The machine may raise a priority, never lower it. */
function derived(one: CaseRecord, values: FieldValues, now: number): Partial<CaseRecord> {
  const priority = priorityFor(values, now, one.priority);
  return {
    priority,
    country: countryOf(values) ?? one.country,
    needs: codes(values['situation']).filter((code) => code !== '-'),
    reportedStatus: reportedStatus(values),
    familyAt: now,
    nextContactAt: priority === one.priority ? one.nextContactAt : nextContact(priority, now),
  };
}

/** The country that was told, null when it isn't known. */
function countryOf({ country_now: country }: FieldValues): string | null {
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null;
}
