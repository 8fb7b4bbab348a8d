import type { EmulatorDeps } from '../emulator.ts';
import type { Alarms } from './alarms.ts';
import type { Carrier } from './carrier.ts';
import { openChannels } from './channels.ts';
import type { Channels } from './channels.ts';
import { openEvents } from './events.ts';
import type { Events } from './events.ts';
import { openMessages } from './messages.ts';
import type { Messages } from './messages.ts';
import { openModals } from './modals.ts';
import type { Modals } from './modals.ts';
import { openPeople } from './people.ts';
import type { People } from './people.ts';
import { openPosting } from './posting.ts';
import type { Posting } from './posting.ts';
import { openResponseUrls } from './response-urls.ts';
import type { ResponseUrls } from './response-urls.ts';
import { openTriggers } from './triggers.ts';
import type { Triggers } from './triggers.ts';

/** Everything that one Slack workspace remembers. */
export type Workspace = {
  people: People;
  channels: Channels;
  messages: Messages;
  modals: Modals;
  events: Events;
  posting: Posting;
  triggers: Triggers;
  responseUrls: ResponseUrls;
};

export const openWorkspace = (deps: EmulatorDeps, alarms: Alarms, carrier: () => Carrier): Workspace => {
  const newId = () =>
    Math.floor(deps.random() * 36 ** 5)
      .toString(36)
      .padStart(5, '0') + deps.state.next('slack.id').toString(36);
  const people = openPeople(deps);
  const channels = openChannels(deps);
  const messages = openMessages(deps);
  const events = openEvents(deps, alarms, carrier);
  return {
    people,
    channels,
    messages,
    events,
    modals: openModals(deps, newId),
    posting: openPosting(deps, { channels, messages, events, newId }),
    triggers: openTriggers(deps),
    responseUrls: openResponseUrls(deps),
  };
};
