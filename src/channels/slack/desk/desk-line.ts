import type { types } from '@slack/bolt';
import { PRIORITIES, STATUSES } from '../../../core/case/case-status.ts';
import { STAFF_ID } from '../../../core/case/desks.ts';
import type { CaseCard } from '../../../core/desk/case-card.ts';
import type { DeskLine } from '../../../core/register/outbox.ts';
import { clip } from '../../../core/words/rich-text.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { moment, momentMrkdwn } from '../blocks/dates.ts';
import { escapeMrkdwn } from '../blocks/mrkdwn.ts';

const FAILURES: Record<string, string> = {
  blocked: 'the family has blocked the helpline',
  gone: 'the chat is no longer there',
  refused: 'Telegram refused it',
  'no-family': 'no family writes in this case',
};

const name = (by: string): string => clip(by.replace(/\s+/g, ' ').trim(), 80);

function statusName(to: string, labels: DeskLabels): string {
  const status = STATUSES.find((known) => known === to);
  return status ? labels.status(status) : name(to);
}

const missed = (when: string): string => `⏰ Word was promised by ${when}, and nobody has written.`;

/** A line under the card, in literal words. */
export function lineText(line: DeskLine, labels: DeskLabels): string {
  switch (line.what) {
    case 'family-wrote':
      return `✉️ The family wrote: № ${line.number}${line.attachment ? ` (${name(line.attachment)})` : ''}`;
    case 'family-edited':
      return line.of == null
        ? `✏️ The family changed an answer: № ${line.number}`
        : `✏️ The family changed № ${line.of}: it is now № ${line.number}`;
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
      // Whoever asked may have taken it back themselves.
      return `✋ ${name(line.by)} has ended the request for the status ${statusName(line.to, labels)}. Nothing was changed.`;
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
    case 'family-gone':
      return '⛔ The family’s chat is no longer there: nothing can be sent to it';
    case 'family-back':
      return '✓ The family can be written to again';
    case 'promise-missed':
      return missed(`${moment(line.by).fallback} UTC`);
    case 'untaken':
      return `🔴 Somebody may be in danger, and nobody has taken this case. Reminder ${line.times}: please take it and call at once.`;
    case 'second-lapsed':
      return `⌛ Nobody has confirmed the status ${statusName(line.to, labels)} in time. Nothing was changed, and it is no longer asked for.`;
    case 'form-left':
      return '📋 The family has not finished the form. What they told is in the case.';
    case 'wants-person':
      return '🙋 The family asks to speak with a person';
    case 'fault':
      return '⚠️ The helpline could not work on this message. Please read it.';
    case 'withdrawn':
      return '🔒 The family has taken its consent back. Please stop working on this case.';
    case 'asked-deletion':
      return '🗑️ The family asks for its data to be deleted, and has taken its consent back. Please stop working on this case.';
  }
}

/** What a family says or wants: under the card of a closed case nobody would look for it. */
const OF_FAMILY: ReadonlySet<DeskLine['what']> = new Set([
  'family-wrote',
  'family-edited',
  'form-done',
  'wants-person',
  'fault',
  'withdrawn',
  'asked-deletion',
]);

/**
 * How the line is posted. Danger is shown in the channel too, and calls everybody there or those who are named; so is what a
 * family says or wants in a closed case, without a call.
 */
export function lineMessage(
  line: DeskLine,
  { reference, status }: Pick<CaseCard, 'reference' | 'status'>,
  labels: DeskLabels,
): { text: string; blocks: types.KnownBlock[]; broadcast: boolean } {
  const words = lineText(line, labels);
  const literal = escapeMrkdwn(words);
  switch (line.what) {
    case 'urgent':
      return calling(`${CHANNEL} ${escapeMrkdwn(reference, 100)}: ${literal}`, true);
    case 'untaken':
      return calling(`${called(line.mention) || CHANNEL} ${escapeMrkdwn(reference, 100)}: ${literal}`, true);
    case 'promise-missed':
      return calling(`${missed(momentMrkdwn(line.by))} ${called(line.mention)}`.trim(), false);
    case 'second-lapsed':
      return calling(`${literal} ${called(line.mention)}`.trim(), false);
    default: {
      const inClosed = status === 'closed' && OF_FAMILY.has(line.what);
      const shown = inClosed ? `${reference}, closed: ${words}` : words;
      return {
        text: escapeMrkdwn(shown),
        blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: shown, emoji: true }] }],
        broadcast: inClosed,
      };
    }
  }
}

const calling = (text: string, broadcast: boolean): ReturnType<typeof lineMessage> => ({
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
  broadcast,
});

const CHANNEL = '<!channel>';
/** Whoever is called with so many others is not called. */
const MOST_CALLED = 10;

/** Mentions of staff by their ids, and of nothing else: no name and no text gets in here. */
const called = (mention: 'channel' | readonly string[]): string =>
  mention === 'channel'
    ? CHANNEL
    : mention
        .filter((id) => STAFF_ID.test(id))
        .slice(0, MOST_CALLED)
        .map((id) => `<@${id}>`)
        .join(' ');
