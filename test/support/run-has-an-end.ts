import { relative } from 'node:path';
import type { TestProject } from 'vitest/node';

/** No test may take as long as this; the longest are the kills of crash.test.ts, which have a limit of their own. */
const STALLED_SECONDS = 480 + 6 * Number(process.env['CRASH_KILLS'] ?? 8);
const LOOK_EVERY_MS = 1_000;

/**
 * Ends a run in which nothing has finished for eight minutes, and says what hangs: vitest's own limits do not reach a file
 * that hangs while it is loaded, nor a worker that never ends. A run that gets on is never ended, however slow.
 */
export default function setup({ vitest }: TestProject): () => void {
  const limit = Number(process.env['HELPLINE_TEST_STALLED_SECONDS'] ?? STALLED_SECONDS) * 1_000;
  let finished = -1;
  let since = Date.now();
  const timer = setInterval(() => {
    const modules = vitest.state.getTestModules();
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const over = [...modules, ...tests].filter((one) => !['pending', 'queued'].includes(stateOf(one))).length;
    if (over !== finished) {
      finished = over;
      since = Date.now();
    }
    if (Date.now() - since < limit) return;
    const hanging = modules
      .filter((one) => ['pending', 'queued'].includes(one.state()))
      .map((module) => {
        const open = [...module.children.allTests()].filter((one) => one.result().state === 'pending');
        const file = relative(process.cwd(), module.moduleId);
        return open.length === 0 ? file : open.map((one) => `${file} > ${one.fullName}`).join('\n  ');
      });
    process.stderr.write(
      `\nENDED: no test has finished for ${limit / 1000} seconds. Not over yet:\n  ${hanging.join('\n  ') || 'a worker'}\n`,
    );
    process.exit(1);
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function stateOf(one: { state: () => string } | { result: () => { state: string } }): string {
  return 'state' in one ? one.state() : one.result().state;
}
