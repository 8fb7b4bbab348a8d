// Only for npm's scripts, so that a developer's real settings never get into a test. What is set already stays.
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

if (existsSync('.env')) {
  const bytes = read('.env');
  // Read as UTF-8 it would hold no setting at all, and a helpline without settings is the demo.
  if (bytes.includes(0))
    refuse('.env is not in UTF-8 (UTF-16, it seems; PowerShell\'s ">" writes that). Save it as UTF-8.');
  // A byte order mark would become part of the first setting's name.
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  for (const [name, value] of Object.entries(parseEnv(text))) process.env[name] ??= value;
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    return refuse(`.env is there and cannot be read (${String(code)}).`);
  }
}

/** @param {string} sentence @returns {never} */
function refuse(sentence) {
  console.error(`Not started: ${sentence}`);
  process.exit(1);
}
