import type { DeskHours } from './desk-hours.ts';
import type { DeskLimits } from './wakes.ts';

/**
 * What somebody is at a desk. `head` answers for the desk, `duty` is there at any hour and does what an officer does,
 * `auditor` reads and changes nothing.
 */
export const ROLES = ['officer', 'head', 'auditor', 'duty'] as const;
export type Role = (typeof ROLES)[number];

/** How Slack names a person: the only name of an officer that the story and a mention know. */
export const STAFF_ID = /^[UW][A-Z0-9]{1,20}$/;

/** Id of the only desk while there is no desk file; its cases go to the first desk of one that is written later. */
export const ONLY_DESK = 'desk';

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

/** Every id under which cases of this desk can be found. */
export const idsOf = (desk: Pick<Desk, 'id' | 'formerly'>): string[] => [desk.id, ...desk.formerly];
