import type { EmulatorDeps } from '../emulator.ts';
import { SlackError } from './slack-error.ts';

/** What a person did a moment ago lets the app open one view for them: once, within three seconds. */
export type Triggers = {
  issue(user: string): string;
  /** Uses it up; gives the person. Throws invalid_, expired_ or exchanged_trigger_id. */
  exchange(trigger: string): string;
};

const lifeMs = 3000;

export const openTriggers = ({ state, now, random }: EmulatorDeps): Triggers => {
  const issued = new Map<string, { user: string; until: number; used: boolean }>();
  return {
    issue(user) {
      for (const [id, { until }] of issued) if (until < now() - 60_000) issued.delete(id);
      const tail = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
      const id = `${10_000_000_000_000 + state.next('slack.trigger')}.1000000001.${tail}`;
      issued.set(id, { user, until: now() + lifeMs, used: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (!trigger) throw new SlackError('invalid_trigger_id');
      if (trigger.used) throw new SlackError('exchanged_trigger_id');
      if (now() > trigger.until) throw new SlackError('expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
  };
};
