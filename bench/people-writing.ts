import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { control } from '../test/support/people.ts';
import { percentile } from './percentile.ts';

/**
 * A program of its own: people who write at fixed moments, whether they were answered or not, and how long each waited.
 * The wait runs from the moment at which the message was due (a late generator makes it longer, never shorter) to the
 * moment at which the emulated Telegram has the reply. The n-th reply in a chat belongs to its n-th message.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    rate: { type: 'string', default: '50' },
    chats: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
  },
});
const [rate, chats, seconds] = [Number(values.rate), Number(values.chats), Number(values.seconds)];

/** Each is answered at once, with one message. */
const QUESTIONS = [
  'how long will it take to bring him home',
  'kitna time lagega wapas aane me',
  'what documents do you need from me',
  'is there any compensation for the family',
  'kaun se documents chahiye',
  'how to check if a job offer is real',
];
const FIRST_USER = 5000;
/** Two from each chat go before, and are not counted: first contact, and code that is still cold. */
const uncounted = 2 * chats;
const total = uncounted + rate * seconds;

const ctl = control(values.url);
const due = new Map<number, number[]>();
const late: number[] = [];
const posts: Promise<unknown>[] = [];
const from = Date.now() + 200;
for (let n = 0; n < total; n++) {
  const at = from + (n * 1000) / rate;
  await pause(Math.max(0, at - Date.now()));
  const user = FIRST_USER + (n % chats);
  const text = QUESTIONS[(n + Math.floor(n / chats)) % QUESTIONS.length];
  due.set(user, [...(due.get(user) ?? []), at]);
  late.push(Date.now() - at);
  posts.push(ctl.post('telegram/messages', { user, name: `Person ${user}`, text }));
}
await Promise.all(posts);

const replies = async () => (await ctl.calls('telegram')).filter(({ method }) => method === 'sendMessage');
const end = Date.now() + 20_000;
while ((await replies()).length < total && Date.now() < end) await pause(200);
// A second answer to one message would make pairs of what does not belong together.
await pause(500);
const sent = await replies();
if (sent.length !== total) throw new Error(`${sent.length} replies to ${total} messages`);

const waited: number[] = [];
for (const { at, arguments: args } of sent.toSorted((a, b) => a.at - b.at)) {
  const moment = due.get(Number(args['chat_id']))?.shift();
  if (moment === undefined) throw new Error('a reply in a chat where nobody had written');
  if (moment >= from + (uncounted * 1000) / rate) waited.push(at - moment);
}
console.log(
  JSON.stringify({
    messages: waited.length,
    p50ms: percentile(waited, 0.5),
    p99ms: percentile(waited, 0.99),
    maxMs: percentile(waited, 1),
    generatorLateP99ms: percentile(late, 0.99),
  }),
);
