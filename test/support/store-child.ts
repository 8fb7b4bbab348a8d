import { writeSync } from 'node:fs';
import { keyRing } from '../../src/store/key-ring.ts';
import { openRegister } from '../../src/store/open-register.ts';
import { openCase, wrote } from './register-bench.ts';

/**
 * A process of its own on a store, for races and kills: `open` says how many migrations it applied, `write` commits
 * messages numbered from the second argument on, one unit each, and says so after each commit.
 */
const { STORE_URL = '', STORE_DIR = '', HELPLINE_KEYS = '', HELPLINE_INDEX_KEY = '' } = process.env;
const [mode, from] = process.argv.slice(2);
let applied = 0;
const register = await openRegister({
  url: STORE_URL || null,
  dataDir: STORE_DIR,
  keys: keyRing(HELPLINE_KEYS, HELPLINE_INDEX_KEY),
  now: Date.now,
  log: (event, fields) => {
    if (event === 'migrated') applied += fields?.count ?? 0;
  },
});
if (mode === 'open') {
  await register.close();
  writeSync(1, `applied ${applied}\n`);
} else {
  for (let n = Number(from); ; n++) {
    const source = { name: 'telegram' as const, key: `${n}` };
    await register.inbox.put([{ source, lane: `${n % 3}`, body: 'x' }]);
    const committed = await register.work(async (unit) => {
      if (!(await unit.inbox.finish(source))) return false;
      const chat = await unit.chats.open('telegram', `${n % 3}`);
      const [known] = await unit.cases.ofChat(chat.id);
      const one = known ?? (await openCase(unit, `${n % 3}`));
      await wrote(unit, one, `message ${n}`);
      await unit.send({ kind: 'card-line', caseId: one.id, line: { what: 'family-edited', number: n } });
      return true;
    });
    writeSync(1, `${committed ? 'done' : 'again'} ${n}\n`);
  }
}
