import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Contact, Intent, IntentPack, IntentText, Language, UrgentPhrases } from './intent-pack.ts';
import { readAnswerFile, sameWords } from './answer-file.ts';
import { answerFor } from './answer-for.ts';
import { contactsShape, toContact } from './contacts-file.ts';
import { loadFacts } from './facts-files.ts';
import { type Faults, collectFaults } from '../yaml/faults.ts';
import { intentShape } from './intent-file.ts';
import { listNotices } from './notices.ts';
import { loadPhrases } from './phrases.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { type Recheck, recheckShape } from './recheck-file.ts';
import { toRouterPack } from './router-pack.ts';
import { languages, neededLanguages } from './shapes.ts';
import { toUrgentPhrases, urgentShape } from './urgent-file.ts';

/** Everything that stands in the folder, checked. Plain data: it can be kept as bytes and sent between threads. */
export type PackContent = Pick<IntentPack, 'intents' | 'contacts' | 'urgentPhrases' | 'phrases' | 'facts'> & {
  recheck: Recheck;
};

/**
 * Reads the whole intents folder. Throws one error that lists every fault as
 * `intents/<id>/<file>:<line>: what is wrong and what to do` (`cause` holds the lines).
 * @param now ms; only `notices` depend on it
 */
export function loadIntentPack(folder: string, now: number): IntentPack {
  return packFrom(readIntentsFolder(folder), now);
}

/** The folder's content; throws as `loadIntentPack` does. */
export function readIntentsFolder(folder: string): PackContent {
  const faults = collectFaults();
  const contacts = loadContacts(folder, faults);
  const content = {
    contacts,
    urgentPhrases: loadUrgent(folder, faults),
    recheck: loadRecheck(folder, faults),
    phrases: loadPhrases(folder, faults),
    facts: loadFacts(folder, faults),
    intents: loadFolders(folder, new Set(contacts.keys()), faults),
  };
  faults.throwIfAny();
  return content;
}

/** The pack that a folder's content makes. */
export function packFrom(content: PackContent, now: number): IntentPack {
  const { intents, contacts, urgentPhrases, phrases, facts, recheck } = content;
  return {
    intents,
    contacts,
    urgentPhrases,
    phrases,
    router: toRouterPack(intents, urgentPhrases),
    facts,
    notices: listNotices(intents, contacts, now),
    answerFor: (intentId: string, language: Language, at: number) => {
      const intent = intents.get(intentId);
      if (!intent) throw new Error(`There is no intent ${intentId}`);
      return answerFor(intent, contacts, recheck, language, at);
    },
  };
}

/** The file's text, or a fault and undefined. */
function readText(folder: string, file: string, faults: Faults): string | undefined {
  const path = join(folder, file);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  faults.add(file, 1, 'the file is missing: write it');
  return undefined;
}

function loadContacts(folder: string, faults: Faults): ReadonlyMap<string, Contact> {
  const file = '_contacts.yaml';
  const text = readText(folder, file, faults);
  const checked = text === undefined ? undefined : readYaml(contactsShape, text, file, faults);
  const contacts = new Map<string, Contact>();
  for (const [index, record] of (checked?.value ?? []).entries()) {
    if (contacts.has(record.id))
      faults.add(file, checked?.lineOf([index]) ?? 1, `the id "${record.id}" is taken: choose another`);
    contacts.set(record.id, toContact(record));
  }
  return contacts;
}

function loadUrgent(folder: string, faults: Faults): readonly UrgentPhrases[] {
  const file = '_urgent.yaml';
  const text = readText(folder, file, faults);
  const checked = text === undefined ? undefined : readYaml(urgentShape, text, file, faults);
  return checked ? toUrgentPhrases(checked.value) : [];
}

function loadRecheck(folder: string, faults: Faults): Recheck {
  const file = '_recheck.yaml';
  const text = readText(folder, file, faults);
  return (text === undefined ? undefined : readYaml(recheckShape, text, file, faults)?.value) ?? {};
}

function loadFolders(
  folder: string,
  contactIds: ReadonlySet<string>,
  faults: Faults,
): ReadonlyMap<string, Intent> {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map((entry) => entry.name)
    .toSorted();
  const intents = new Map<string, Intent>();
  const claims = new Map<string, string>();
  for (const id of ids) {
    const intent = loadIntent(folder, id, { ids: new Set(ids), contactIds, claims }, faults);
    if (intent) intents.set(id, intent);
  }
  return intents;
}

/** What an intent's files are checked against; `claims` gathers who owns each example. */
type Surroundings = {
  ids: ReadonlySet<string>;
  contactIds: ReadonlySet<string>;
  claims: Map<string, string>;
};

function loadIntent(folder: string, id: string, around: Surroundings, faults: Faults): Intent | undefined {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    faults.add(id, 1, 'name the folder in lower-case words joined by hyphens');
  const file = `${id}/intent.yaml`;
  const text = readText(folder, file, faults);
  const checked = text === undefined ? undefined : readYaml(intentShape, text, file, faults);
  for (const [index, next] of (checked?.value.next ?? []).entries())
    if (next !== 'report' && next !== 'human' && !around.ids.has(next))
      faults.add(
        file,
        checked?.lineOf(['next', index]) ?? 1,
        `next "${next}" is no intent: name a folder, report or human`,
      );

  const texts = new Map<Language, IntentText>();
  for (const language of neededLanguages)
    if (!existsSync(join(folder, id, `${language}.md`)))
      faults.add(`${id}/${language}.md`, 1, 'the file is missing: write it');
  for (const name of readdirSync(join(folder, id)).toSorted()) {
    if (name === 'intent.yaml') continue;
    const language = basename(name, '.md');
    if (!name.endsWith('.md') || !languages.has(language)) {
      faults.add(
        `${id}/${name}`,
        1,
        `name the file <language>.md, the language one of ${[...languages].join(', ')}`,
      );
      continue;
    }
    const answer = readAnswerFile(
      readFileSync(join(folder, id, name), 'utf8'),
      `${id}/${name}`,
      around.contactIds,
      faults,
    );
    if (!answer) continue;
    texts.set(language, answer);
    if (checked?.value.hardBoundary) holdBoundary(`${id}/${name}`, answer, faults);
    claimExamples(id, `${id}/${name}`, answer, around.claims, faults);
  }
  if (!checked) return undefined;
  const { situation, sources, hardBoundary: _, ...rest } = checked.value;
  return {
    id,
    ...rest,
    ...(situation && { situation }),
    sources: sources.map(({ url, ...source }) => ({ ...source, ...(url && { url }) })),
    texts,
  };
}

/** No step, no link, no contact: nothing that could lead a man anywhere. */
function holdBoundary(file: string, { markdown, lines }: IntentText, faults: Faults): void {
  for (const [at, line] of markdown.split('\n').entries())
    if (/https?:|\]\(|\{\{contact:|^\s*\p{Nd}+[.)]\s/u.test(line))
      faults.add(
        file,
        lines.answer + at,
        'behind a hard boundary no step, link or contact is given: take it out',
      );
}

/** The same words in two intents can't be told apart, whoever reads them. */
function claimExamples(
  id: string,
  file: string,
  answer: IntentText,
  claims: Map<string, string>,
  faults: Faults,
): void {
  for (const [index, example] of answer.examples.entries()) {
    const key = sameWords(example);
    const owner = claims.get(key);
    if (owner && owner !== id)
      faults.add(
        file,
        answer.lines.examples[index] ?? 1,
        `"${example}" is an example of ${owner} too: keep it in one of them`,
      );
    claims.set(key, owner ?? id);
  }
}
