import type { ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';
import { toSafeError } from '../../../core/log.ts';
import type { Register } from '../../../core/register/register.ts';
import { readPress } from './answer-press.ts';
import { storeEvent } from './stored-event.ts';

type Handle = (event: ReceiverEvent) => Promise<void>;

const isEvent = (body: ReceiverEvent['body']): boolean => body['type'] === 'event_callback';

/**
 * Puts a step before Bolt: events, and presses of buttons under our answers, are on disk before Slack is told that they
 * came. When they cannot be kept it throws and nothing is acknowledged: Slack delivers them again. Bolt itself would
 * acknowledge an event before any of its handlers runs. Everything else goes on to Bolt, whose handlers acknowledge
 * after their own commit.
 */
export const persistFirst =
  (deps: {
    register: { inbox: Pick<Register['inbox'], 'put'> };
    /** Told of every event before it is kept. */
    notice: (event: Record<string, unknown>) => void;
    log: Log;
    next: Handle;
  }): Handle =>
  async (event) => {
    const { body, ack } = event;
    const press = readPress(body);
    if (press === null && !isEvent(body)) return deps.next(event);
    if (press === null) deps.notice(body['event'] ?? {});
    const entry = press ?? storeEvent(body);
    if (entry === 'malformed') deps.log('update-malformed', { source: 'slack' });
    else if (entry !== null) {
      const source = { name: 'slack' as const, key: entry.key };
      try {
        await deps.register.inbox.put([{ source, lane: entry.lane, body: JSON.stringify(entry.stored) }]);
      } catch (error) {
        deps.log('store-failed', { source: 'slack', error: toSafeError(error) });
        throw error;
      }
      deps.log('received', { source: 'slack', kind: entry.stored.kind });
    }
    await ack();
  };
