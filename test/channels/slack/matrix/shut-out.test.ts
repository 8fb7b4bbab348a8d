import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventBody } from '../../../support/slack-payloads.ts';
import { matrixBench, type MatrixBench } from './bench.ts';
import { DOORS } from './doors.ts';
import { INSIDERS } from './people.ts';
import { ROWS, type Row } from './table.ts';
import { named, situated, used } from './trying.ts';

/** Whoever loses the desk loses every door of it: what a head could do a moment ago they can't do any more. */
let bench: MatrixBench;
beforeAll(async () => {
  bench = await matrixBench();
});
afterAll(() => bench.end());

const from = { user: INSIDERS.head, team: 'T0SANDBOX' };
const isMember = (member: boolean) =>
  bench.slack.act('members', { channel: 'triage', user: from.user, member });
const hears = (event: object) =>
  bench.use(eventBody(from, { user: from.user, channel: 'C0TRIAGE', ...event }));

const bodyOf = async (row: Row): Promise<string> => {
  const door = DOORS[row.door];
  if (!door) throw new Error(`nobody knows what Slack would send for ${row.door}`);
  return door(bench, from, named(await situated(bench, row, from.user)), true);
};

/** What a head's use of the door leaves, when `then` happens between its making and its arrival. */
async function left(row: Row, then: () => Promise<unknown>): Promise<number> {
  const body = await bodyOf(row);
  await then();
  const { events, version, sent } = await bench.effect(() => used(bench, body));
  bench.clear();
  return events.length + version + sent.length;
}

const nothing = (): Promise<void> => Promise.resolve();

/** Every door at which a head leaves something. */
const open = ROWS.filter(({ cells }) => !['no', 'nothing', 'opens'].includes(cells.head)).map(
  (row) => [`${row.door}, ${row.case}, meanwhile ${row.meanwhile}`, row] as const,
);

describe.each(open)('%s', (_name, row) => {
  test('lets a head in, and is shut at once when Slack tells that they were removed', async () => {
    const removed = async () => {
      await isMember(false);
      await hears({ type: 'member_left_channel' });
    };
    expect(await left(row, nothing)).toBeGreaterThan(0);
    expect(await left(row, removed)).toBe(0);
    await isMember(true);
    await hears({ type: 'member_joined_channel' });
  });

  test('lets a head in, and is shut a minute later when nobody tells', async () => {
    const removed = async () => {
      await isMember(false);
      bench.clock.now += 60_000;
    };
    expect(await left(row, nothing)).toBeGreaterThan(0);
    expect(await left(row, removed)).toBe(0);
    await isMember(true);
    bench.clock.now += 60_000;
  });
});

test('no door lets anybody in while Slack can not be asked who they are', async () => {
  const bodies: string[] = [];
  for (const [, row] of open) bodies.push(await bodyOf(row));
  await bench.slack.fault({ target: 'slack', mode: 'down', seconds: 3600 });
  bench.clock.now += 60_000;
  const effect = await bench.effect(() => Promise.all(bodies.map((body) => used(bench, body))));
  expect(effect).toEqual({ events: [], version: 0, sent: [] });
  await bench.heal();
});
