import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'sandbox/test/**/*.test.ts'],
    globalSetup: 'test/support/run-has-an-end.ts',
    // The programs that the tests start, some a hundred times, are compiled once.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), `helpline-test-compiled-${userInfo().username}`) },
    // No file changes what another one imports, so that the modules of a worker are loaded once.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    maxWorkers: 2,
  },
});
