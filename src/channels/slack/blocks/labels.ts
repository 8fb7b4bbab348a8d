import type { Priority, Status } from '../../../core/case/case-status.ts';
import { isSituation, type Situation } from '../../../core/case/intake-form.ts';
import type { Purpose, TakeUp } from '../../../core/case/case-record.ts';

/** The desk's words for the register's codes. An unknown code is shown as it is. */
export type DeskLabels = {
  status(status: Status): string;
  priority(priority: Priority): string;
  /** What the priority asks of the desk. */
  priorityHint(priority: Priority): string;
  need(code: string): string;
  field(id: string): string;
  /** The value of a field, with codes spelled out. */
  value(field: string, value: string): string;
  door(door: TakeUp['door']): string;
  /** What a family has agreed to share, in a few words. */
  purpose(purpose: Purpose): string;
  language(tag: string): string;
  /** Languages in which the desk may write to a family. */
  languages: readonly string[];
  /** With the flag; `null` = not known. */
  country(code: string | null): string;
};

const STATUSES: Record<Status, string> = {
  received: 'Received',
  acknowledged: 'Acknowledged',
  need_info: 'Needs information',
  sent_to_embassy: 'Sent to the Embassy in Moscow',
  sent_to_ministry: 'Sent to the Ministry',
  raised_with_russia: 'Raised with Russia',
  reply_received: 'Reply received',
  discharge_ordered: 'Discharge ordered',
  located: 'Located',
  injured_confirmed: 'Injury confirmed',
  captured_confirmed: 'Capture confirmed',
  death_confirmed: 'Death confirmed',
  travelling: 'Travelling home',
  returned: 'Returned',
  remains_returned: 'Remains returned',
  closed: 'Closed',
  reopened: 'Reopened',
};

/** Names without a time: a person's grading moves no date that the family was told. */
const PRIORITIES: Record<Priority, { name: string; hint: string }> = {
  P0: { name: 'P0 · danger now', hint: 'Somebody is in danger at this moment: call at once' },
  P1: { name: 'P1 · first', hint: 'Death, injury or capture reported; missing; whereabouts unknown' },
  P2: { name: 'P2 · soon', hint: 'At a camp, contract signed, passport taken' },
  P3: { name: 'P3 · in turn', hint: 'Wages, papers, return, complaints' },
  P4: { name: 'P4 · advice', hint: 'Questions that the helpline answers by itself' },
};

const NEEDS: Record<Situation, string> = {
  'army-contract': 'Army contract',
  missing: 'Missing',
  injured: 'Injured',
  'told-dead': 'Told that he died',
  captured: 'Captured',
  detained: 'Detained',
  'passport-taken': 'Passport taken',
  'left-unit': 'Left his unit',
  'stranded-city': 'Stranded',
  unpaid: 'Unpaid',
  other: 'Other',
};

const FIELDS: Record<string, string> = {
  danger_now: 'In danger now',
  reporter_role: 'Who writes',
  reporter_name: 'Name of who writes',
  reporter_phone: 'Phone',
  safe_to_call: 'Safe to call',
  person_name: 'Name of the man',
  alternate_names: 'Other spellings',
  person_father_or_spouse: 'Father or spouse',
  person_birth: 'Born',
  home_state_district: 'Home state, district',
  country_now: 'Country now',
  situation: 'Situation',
  last_contact_date: 'Last contact',
  last_contact_how: 'Last contact by',
  last_contact_made: 'Spoke to him first-hand',
  place_text: 'Place, as told',
  travel_date: 'Travelled',
  visa_type: 'Visa',
  promised_job: 'Job promised',
  recruiter: 'Recruiter (an allegation)',
  contract_signed: 'Contract signed',
  passport_status: 'Passport',
  urgent_need: 'Urgent need',
  reported_elsewhere: 'Reported elsewhere',
  family_contact: "The family's contact",
  free_text: 'In their own words',
};

const VALUES: Record<string, Record<string, string>> = {
  reporter_role: {
    self: 'The man himself',
    parent: 'Parent',
    spouse: 'Spouse',
    sibling: 'Brother or sister',
    child: 'Child',
    kin: 'Other family',
    friend: 'Friend',
    official: 'Official',
    other: 'Somebody else',
  },
  last_contact_how: {
    call: 'Call',
    video: 'Video call',
    message: 'Message',
    other_person: 'Through somebody else',
    none: 'No contact',
  },
  passport_status: {
    has: 'He has it',
    lost: 'Lost',
    taken: 'Taken from him',
    russian_papers: 'Given Russian papers',
  },
  visa_type: {
    work: 'Work',
    tourist: 'Tourist',
    student: 'Student',
    business: 'Business',
    other: 'Another one',
  },
};

const YES_NO: Record<string, string> = { yes: 'Yes', no: 'No', unknown: 'Not known' };

const DOORS: Record<TakeUp['door'], string> = {
  embassy_moscow: 'Embassy in Moscow → Russian authorities',
  ministry_delhi: 'Ministry → Russian Embassy in New Delhi',
};

const PURPOSES: Record<Purpose, string> = {
  desk: 'the desk',
  embassy_ministry: 'Embassy and Ministry',
  russia_icrc: 'Russian side and Red Cross',
  police: 'police',
};

const IN_LATIN_LETTERS = ['hi', 'pa', 'gu', 'mr', 'bn', 'ta', 'te', 'kn', 'ml'];
const LANGUAGES = ['en', ...IN_LATIN_LETTERS.flatMap((tag) => [tag, `${tag}-Latn`]), 'ur', 'or', 'as', 'ne'];

const flag = (code: string): string =>
  String.fromCodePoint(...Array.from(code, (letter) => 0x1f1e6 + letter.charCodeAt(0) - 65));

const DATE_FIELDS = ['last_contact_date', 'person_birth', 'travel_date'];
const NEARNESS: Record<string, string> = { '<': 'before ', '>': 'after ', '~': 'about ' };
const PRECISION: Intl.DateTimeFormatOptions[] = [
  { year: 'numeric' },
  { year: 'numeric', month: 'long' },
  { year: 'numeric', month: 'short', day: 'numeric' },
];

/** `~2025-10` → `about October 2025`; what is no partial date stays as it is. */
function dateText(value: string): string {
  const [, near = '', date = ''] = /^([<>~]?)(\d{4}(?:-\d\d){0,2})$/.exec(value) ?? [];
  const at = Date.parse(date);
  if (Number.isNaN(at)) return value;
  const shape = PRECISION[date.split('-').length - 1];
  return `${NEARNESS[near] ?? ''}${new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: 'UTC' }).format(at)}`;
}

const need = (code: string): string => (isSituation(code) ? NEEDS[code] : code);

/** `Intl` throws on what is not a code at all. */
function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** The desk's words in English. */
export function englishLabels(): DeskLabels {
  const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  const country = (code: string | null): string => {
    if (code === null || code === 'unknown') return 'Country not known';
    return /^[A-Z]{2}$/.test(code) ? `${flag(code)} ${named(regions, code)}` : code;
  };
  return {
    status: (status) => STATUSES[status],
    priority: (priority) => PRIORITIES[priority].name,
    priorityHint: (priority) => PRIORITIES[priority].hint,
    need,
    field: (id) => FIELDS[id] ?? id,
    value(field, value) {
      if (value === '-') return 'not given';
      if (DATE_FIELDS.includes(field)) return YES_NO[value] ?? dateText(value);
      if (field === 'country_now') return country(value);
      if (field === 'situation')
        return value
          .split(/[,\s]+/)
          .filter(Boolean)
          .map(need)
          .join(', ');
      return VALUES[field]?.[value] ?? YES_NO[value] ?? value;
    },
    door: (door) => DOORS[door],
    purpose: (purpose) => PURPOSES[purpose],
    language: (tag) => named(languages, tag),
    languages: LANGUAGES,
    country,
  };
}
