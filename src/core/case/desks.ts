import type { DeskHours } from './desk-hours.ts';
import type { DeskLimits } from './wakes.ts';

/**
 * What somebody is at a desk. `head` answers for the desk, `duty` is there at any hour and does what an officer does,
 * `auditor` reads and changes nothing.
 */
export const ROLES = ['officer', 'head', 'auditor', 'duty'] as const;
export type Role = (typeof ROLES)[number];

/** One of the desks that work on the same register, such as the Ministry's in Delhi and the Embassy's in Moscow. */
export type Desk = {
  /** As the cases name it. */
  id: string;
  /** Ids whose cases came to this desk: of desks that are no more, or that had another name. */
  formerly: readonly string[];
  name: string;
  /** The Slack channel in which its cards stand, and whose members are its people. */
  channel: string;
  hours: DeskHours;
  /** Slack ids and roles. Whoever is in the channel and not listed is an officer. */
  people: readonly { id: string; roles: readonly Role[] }[];
  limits: DeskLimits;
  /** ISO 3166 alpha-2: whose cases come here. */
  countries: readonly string[];
};

/** At least one; the first answers for all that no other one is named for. */
export type Desks = readonly [Desk, ...Desk[]];

/** The desk that a new case comes to; `country` is null while not known. */
export const deskFor = (desks: Desks, country: string | null): Desk =>
  desks.find((desk) => country !== null && desk.countries.includes(country)) ?? desks[0];

/** The desk that answers for a case whose `desk` is this id: of an unknown id the first, so that no case is nobody's. */
export const deskOf = (desks: Desks, id: string): Desk =>
  desks.find((desk) => desk.id === id || desk.formerly.includes(id)) ?? desks[0];

/** Every id under which cases of these desks can be found. */
export const idsOf = (desk: Desk): string[] => [desk.id, ...desk.formerly];
