import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { INDIA } from '../core/case/desk-hours.ts';
import { idsOf, ONLY_DESK, type Desk, type Desks } from '../core/case/desks.ts';
import { DEFAULT_LIMITS } from '../core/case/wakes.ts';
import { collectFaults, type Faults } from '../yaml/faults.ts';
import { type CheckedYaml, readYaml } from '../yaml/read-yaml.ts';
import { deskFileShape, type WrittenDesk } from './desk-file.ts';

export type DesksFrom = {
  /** Channel of the only desk while there is no file. */
  triageChannel: string;
  /** Desks that have cases in the register. Each must be in the file, under its own name or as a former one. */
  inUse?: readonly string[];
};

/**
 * Reads the desk file. Without one there is one desk: the channel's members, Indian office hours. Throws one error that
 * lists every fault as `desk.yaml:<line>: what is wrong and what to do` (`cause` holds the lines).
 */
export function loadDesks(file: string, { triageChannel, inUse = [] }: DesksFrom): Desks {
  if (!existsSync(file)) return [onlyDesk(triageChannel)];
  const name = basename(file);
  const faults = collectFaults({ what: name, folder: '' });
  const checked = readYaml(deskFileShape, readFileSync(file, 'utf8'), name, faults);
  if (checked) compareDesks(checked, inUse, name, faults);
  faults.throwIfAny();
  const [first, ...others] = checked?.value.desks ?? [];
  // Never: an empty list is a fault.
  if (first === undefined) throw new Error(`${name} has no desk`);
  const taken = [first, ...others].some((desk) => idsOf(desk).includes(ONLY_DESK));
  const heir = taken ? first : { ...first, formerly: [...first.formerly, ONLY_DESK] };
  return [toDesk(heir), ...others.map(toDesk)];
}

const onlyDesk = (channel: string): Desk => ({
  id: ONLY_DESK,
  formerly: [],
  name: 'Desk',
  channel,
  hours: INDIA,
  people: [],
  limits: DEFAULT_LIMITS,
  countries: [],
});

function toDesk({ timeZone, hours, holidays, limits, ...desk }: WrittenDesk): Desk {
  return {
    ...desk,
    hours: { timeZone, week: hours, holidays },
    limits: { untakenMs: limits.untaken, secondMs: limits.second, formMs: limits.form },
  };
}

/** What no desk shows by itself: that each thing belongs to one desk, and that every desk can act. */
function compareDesks(
  { value: { desks }, lineOf }: CheckedYaml<{ desks: WrittenDesk[] }>,
  inUse: readonly string[],
  name: string,
  faults: Faults,
): void {
  const claimed = new Set<string>();
  const claim = (kind: string, what: string, path: readonly PropertyKey[], message: string): void => {
    const key = `${kind} ${what}`;
    if (claimed.has(key)) faults.add(name, lineOf(path), message);
    claimed.add(key);
  };
  for (const [index, desk] of desks.entries()) {
    const at = (...path: PropertyKey[]): PropertyKey[] => ['desks', index, ...path];
    claim('id', desk.id, at('id'), `the id "${desk.id}" is taken: choose another`);
    for (const [n, id] of desk.formerly.entries())
      claim('id', id, at('formerly', n), `the id "${id}" is taken: its cases can go to one desk only`);
    claim(
      'channel',
      desk.channel,
      at('channel'),
      `${desk.channel} is another desk's channel: each has its own`,
    );
    for (const [n, country] of desk.countries.entries())
      claim('country', country, at('countries', n), `${country} is named twice: its cases go to one desk`);
    for (const [n, { id }] of desk.people.entries())
      claim(`person ${index}`, id, at('people', n), `${id} is named twice: write all roles in one line`);
    if (desk.people.length > 1 && !desk.people.some(({ roles }) => roles.includes('head')))
      faults.add(name, lineOf(at('people')), 'nobody is head: give one of these people the role head');
  }
  const known = new Set(desks.flatMap(idsOf));
  for (const id of inUse)
    if (!known.has(id) && id !== ONLY_DESK)
      faults.add(
        name,
        lineOf(['desks']),
        `the desk "${id}" has cases that would be nobody's: write formerly: [${id}] at the desk that takes them over`,
      );
}
