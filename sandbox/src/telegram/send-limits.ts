import { tooManyRequests } from './bot-api-error.ts';

type Bucket = { tokens: number; at: number };

/** Telegram's flood limits as its FAQ has them: about one message a second to one chat, with bursts, and 30 a second overall. */
export const sendLimits = ({ now }: { now: () => number }) => {
  const perChat = new Map<number, Bucket>();
  const overall: Bucket = { tokens: 30, at: now() };
  let limited = true;
  const refill = (bucket: Bucket, perSecond: number, most: number): Bucket => {
    bucket.tokens = Math.min(most, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    return bucket;
  };
  return {
    /** Takes the room for one message, or throws 429 with the seconds until there is some. */
    take(chat: number): void {
      if (!limited) return;
      const all = refill(overall, 30, 30);
      const one = refill(perChat.get(chat) ?? { tokens: 20, at: now() }, 1, 20);
      perChat.set(chat, one);
      if (one.tokens < 1) throw tooManyRequests(Math.max(1, Math.ceil(1 - one.tokens)));
      if (all.tokens < 1) throw tooManyRequests(1);
      one.tokens -= 1;
      all.tokens -= 1;
    },
    setLimited: (on: boolean): void => void (limited = on),
  };
};

export type SendLimits = ReturnType<typeof sendLimits>;
