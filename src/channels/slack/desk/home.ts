import type { types, webApi } from '@slack/bolt';
import type { DeskActions, Queue } from '../../../core/desk/desk.ts';
import type { Staff } from '../../../core/desk/staff.ts';
import type { Log } from '../../../core/log.ts';
import { toSafeError } from '../../../core/log.ts';
import { queueBlocks } from './case-list.ts';
import type { DeskLabels } from '../blocks/labels.ts';
import { literal } from '../blocks/rich-text.ts';

/** Fifteen of each list keep within Slack's hundred blocks. */
const MOST = 15;

/** An officer's Home tab. Nothing personal in it. */
export const homeView = (queue: Queue, labels: DeskLabels, now: number): types.HomeView => ({
  type: 'home',
  blocks: queueBlocks(queue, labels, now),
});

/** The Home tab of somebody who is not of the desk. */
export const closedHome = (words: string): types.HomeView => ({ type: 'home', blocks: literal(words) });

export type Home = {
  /** Draws an officer's Home tab anew. Best effort: it is drawn again when it is next opened. */
  refresh(staff: Staff): Promise<void>;
  close(user: string, words: string): Promise<void>;
};

export function slackHome(deps: {
  client: webApi.WebClient;
  desk: Pick<DeskActions, 'queue'>;
  labels: DeskLabels;
  now: () => number;
  log: Log;
}): Home {
  const publish = async (user_id: string, view: () => Promise<types.HomeView>): Promise<void> => {
    try {
      await deps.client.views.publish({ user_id, view: await view() });
    } catch (error) {
      deps.log('desk-failed', { kind: 'home', error: toSafeError(error) });
    }
  };
  return {
    refresh: (staff) =>
      publish(staff.id, async () => homeView(await deps.desk.queue(staff, MOST), deps.labels, deps.now())),
    close: (user, words) => publish(user, () => Promise.resolve(closedHome(words))),
  };
}
