// Learns the intents while somebody waits for `npm ci` anyway, so that the first start answers at once. Whatever fails here is
// done by the first start: an installation never fails for it.
import { spawnSync } from 'node:child_process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 24 || (major === 24 && minor >= 15))
  spawnSync(process.execPath, ['src/cli/main.ts', 'learn'], {
    stdio: 'ignore',
    timeout: 120_000,
    env: { PATH: process.env.PATH, DATA_DIR: 'node_modules/.cache/citizen-helpline' },
  });
