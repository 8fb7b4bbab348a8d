import type { Desks } from '../../core/case/desks.ts';
import { adviceFor } from './wire/advice.ts';
import { type Failure, isChannelFailure } from './wire/send-errors.ts';

/** What keeps cards and lines from the channels of the desks. Each channel has its own trouble: one desk's work must not hide it. */
export type ChannelHealth = {
  /** What is wrong with a channel as a place for cases: an error word, or null. */
  looked(channel: string, fault: string | null): void;
  /** Something could not be posted; `channel` is where, or null for a direct message. */
  failed(failure: Failure, channel: string | null): void;
  /** A card or line got through. */
  sent(channel: string): void;
  /** Whether a line would get into this channel, as far as the last tries tell. */
  reaches(channel: string): boolean;
  /** For the people who run it, in a sentence. */
  problem(): string | null;
};

/** Wrong however well posting goes. */
const LASTING = new Set(['ext_shared', 'public_channel']);

export function channelHealth(desks: () => Desks): ChannelHealth {
  const faults = new Map<string, string>();
  let app: string | null = null;
  return {
    looked(channel, fault) {
      if (fault === null) faults.delete(channel);
      else faults.set(channel, fault);
    },
    failed(failure, channel) {
      if (!failure.needsHelp) return;
      if (channel !== null && isChannelFailure(failure)) faults.set(channel, failure.code);
      else app = failure.code;
    },
    sent(channel) {
      app = null;
      if (!LASTING.has(faults.get(channel) ?? '')) faults.delete(channel);
    },
    reaches(channel) {
      const fault = faults.get(channel);
      return app === null && (fault === undefined || LASTING.has(fault));
    },
    problem() {
      const desk = desks().find((one) => faults.has(one.channel));
      const fault = desk ? faults.get(desk.channel) : app;
      if (fault == null) return null;
      return desk && desks().length > 1 ? `${desk.name}: ${adviceFor(fault)}` : adviceFor(fault);
    },
  };
}
