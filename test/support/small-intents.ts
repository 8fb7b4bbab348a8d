import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const KEPT = [
  'report-relative',
  'greeting-thanks',
  'talk-to-human',
  'passport-lost-seized',
  'case-status',
  'missing-no-contact',
];

/**
 * A copy of the intents folder with a few intents only, so that a helpline is ready in a moment. Without the urgent intent:
 * among so few, everything would look like it. The urgent phrases stay.
 */
export function smallIntentsFolder(): { folder: string; clean: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'helpline-intents-'));
  for (const name of readdirSync('intents').filter((each) => each.startsWith('_') || KEPT.includes(each)))
    cpSync(join('intents', name), join(folder, name), { recursive: true });
  for (const name of KEPT) {
    const file = join(folder, name, 'intent.yaml');
    // What is offered next may not be among the few.
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^next:.*$/m, 'next: [human]'));
  }
  return { folder, clean: () => rmSync(folder, { recursive: true, force: true }) };
}
