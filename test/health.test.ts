import { afterEach, beforeEach, expect, it } from 'vitest';
import { healthRoutes } from '../src/health.ts';
import { openCase, registerBench, type RegisterBench } from './support/register-bench.ts';

let bench: RegisterBench;
let looks: number;
let ask: (path: string) => Promise<{ status: number; body: string }>;

beforeEach(async () => {
  bench = registerBench(null);
  looks = 0;
  const register = await bench.open();
  await register.work(openCase);
  const routes = healthRoutes({
    register: {
      load() {
        looks += 1;
        return register.load();
      },
    },
    telegram: { health: () => ({ lastPollAt: bench.clock.now, problem: null }) },
    slack: { health: () => ({ connected: true, problem: null }) },
    pack: { state: () => ({ router: 'ready', refused: null, intents: 1, languages: 1, notices: [] }) },
    desks: { state: () => ({ desks: 1, fromFile: false, refused: null }) },
    leaks: { caught: 0 },
    now: () => bench.clock.now,
    startedAt: bench.clock.now,
  });
  ask = async (path) => {
    const answer = await routes.request(path);
    return { status: answer.status, body: await answer.text() };
  };
});
afterEach(() => bench.clean());

it.each(['/healthz', '/readyz', '/metrics'])('%s looks into the register once', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 200 });
  expect(looks).toBe(1);
});

it('/metrics tells what the register holds at this moment', async () => {
  const { body } = await ask('/metrics');
  expect(body).toMatch(/^helpline_cases_open 1$/m);
  expect(body).toMatch(/^helpline_outbox_waiting 1$/m);
  expect(body).toMatch(/^helpline_slack_connected 1$/m);
});

it('/readyz shows the load that its problems were found in', async () => {
  bench.clock.now += 25 * 3600_000;
  const { status, body } = await ask('/readyz');
  expect(status).toBe(503);
  expect(JSON.parse(body)).toMatchObject({
    problems: [
      'Something that was due more than five minutes ago has not been looked at (a promised date, an alarm, words to be forgotten): see the log',
    ],
    load: { openCases: 1, oldestTimer: bench.clock.now - 3600_000 },
  });
});

it('says that the register does not answer when it does not', async () => {
  await bench.clean();
  expect(await ask('/healthz')).toMatchObject({
    status: 503,
    body: expect.stringContaining('does not answer'),
  });
  expect(await ask('/readyz')).toMatchObject({
    status: 503,
    body: expect.stringContaining('does not answer'),
  });
});
