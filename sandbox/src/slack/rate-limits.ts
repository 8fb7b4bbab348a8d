import type { Tier } from './methods.ts';

/** Slack's limits: calls a minute for a tier, and a message a second in each channel with short bursts. */
export type RateLimits = {
  /** Counts one call; gives the seconds to wait when it is one too many. */
  take(method: string, tier: Tier, channel: string): number | undefined;
};

const perMinute = { t3: 50, t4: 100 };
const burst = 5;

/** A bucket for each method (for posts: each channel), refilled by the passed-in clock. */
export const openRateLimits = (now: () => number): RateLimits => {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(method, tier, channel) {
      if (tier === 'special') return undefined;
      const size = tier === 'post' ? burst : perMinute[tier];
      const perSecond = tier === 'post' ? 1 : size / 60;
      const key = tier === 'post' ? `${method} ${channel}` : method;
      const before = buckets.get(key) ?? { left: size, at: now() };
      const left = Math.min(size, before.left + ((now() - before.at) / 1000) * perSecond);
      if (left < 1) return Math.ceil((1 - left) / perSecond);
      buckets.set(key, { left: left - 1, at: now() });
      return undefined;
    },
  };
};
