import type { types } from '@slack/bolt';
import { PRIORITIES, STATUSES } from '../../../core/case/case-status.ts';
import type { DeskLine } from '../../../core/register/outbox.ts';
import { clip } from '../../../core/words/rich-text.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { escapeMrkdwn } from '../blocks/mrkdwn.ts';

const FAILURES: Record<string, string> = {
  blocked: 'the family has blocked the helpline',
  gone: 'the chat is no longer there',
  refused: 'Telegram refused it',
};

const name = (by: string): string => clip(by.replace(/\s+/g, ' ').trim(), 80);

function statusName(to: string, labels: DeskLabels): string {
  const status = STATUSES.find((known) => known === to);
  return status ? labels.status(status) : name(to);
}

/** A line under the card, in literal words. */
export function lineText(line: DeskLine, labels: DeskLabels): string {
  switch (line.what) {
    case 'family-wrote':
      return `✉️ The family wrote: № ${line.number}${line.attachment ? ` (${name(line.attachment)})` : ''}`;
    case 'family-edited':
      return `✏️ The family changed № ${line.number}`;
    case 'urgent':
      return '🔴 Somebody may be in danger now. Please call at once.';
    case 'form-done':
      return '📋 The family has finished the form';
    case 'taken':
    case 'released':
      return `👤 ${name(line.by)} ${line.what === 'taken' ? 'took the case' : 'gave the case back'}`;
    case 'status':
      return (
        `🏷️ ${name(line.by)} set the status: ${statusName(line.to, labels)}` +
        (line.second === undefined ? '' : `; ${name(line.second)} confirmed it`)
      );
    case 'second-asked':
      return `⏳ ${name(line.by)} asks for the status ${statusName(line.to, labels)}. Another officer must confirm it.`;
    case 'second-refused':
      return `✋ ${name(line.by)} did not let the status ${statusName(line.to, labels)} pass. Nothing was changed.`;
    case 'taken-back':
      return `↩️ ${name(line.by)} took back the outcome ${statusName(line.from, labels)}`;
    case 'priority': {
      const priority = PRIORITIES.find((known) => known === line.to);
      return `🏷️ ${name(line.by)} set the priority: ${priority ? labels.priority(priority) : name(line.to)}`;
    }
    case 'note':
      return `📝 ${name(line.by)} added a note`;
    case 'reply':
      return `↩️ ${name(line.by)} answered: № ${line.number}`;
    case 'delivered':
      return `✓ № ${line.number} was delivered`;
    case 'not-delivered':
      return `✗ № ${line.number} was not delivered: ${FAILURES[line.why] ?? name(line.why)}`;
    case 'unsure':
      return `? Nobody can tell whether № ${line.number} arrived. Please ask the family, or send it again.`;
    case 'family-blocked':
      return '⛔ The family has blocked the helpline';
    case 'family-back':
      return '✓ The family can be written to again';
    case 'wants-person':
      return '🙋 The family asks to speak with a person';
    case 'asked-deletion':
      return '🗑️ The family asks for its data to be deleted';
  }
}

/** How the line is posted. An urgent one is shown in the channel too and calls everybody there. */
export function lineMessage(
  line: DeskLine,
  reference: string,
  labels: DeskLabels,
): { text: string; blocks: types.KnownBlock[]; broadcast: boolean } {
  const words = lineText(line, labels);
  if (line.what !== 'urgent')
    return {
      text: escapeMrkdwn(words),
      blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: words, emoji: true }] }],
      broadcast: false,
    };
  const call = `<!channel> ${escapeMrkdwn(reference)}: ${escapeMrkdwn(words)}`;
  return {
    text: call,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: call } }],
    broadcast: true,
  };
}
