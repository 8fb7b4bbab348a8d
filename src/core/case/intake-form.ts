import type { FieldValues } from './case-record.ts';

/**
 * Stage A of the intake: what the bot asks. Data only; a channel renders a question, `intake-answers.ts` reads the
 * reply. Passport numbers, units, medical papers and documents are never asked here: the desk does, by a safer way.
 */
type FieldShape = {
  id: string;
  kind: 'choice' | 'choices' | 'name' | 'phone' | 'date' | 'country' | 'place' | 'text' | 'reference';
  /** Must be answered; everything else can be skipped. */
  required?: true;
  options?: readonly string[];
  /** Longest answer in characters, for text. */
  max?: number;
  /** Only asked for these situations. */
  forSituations?: readonly Situation[];
};

export const SITUATIONS = [
  'army-contract',
  'missing',
  'injured',
  'told-dead',
  'captured',
  'detained',
  'passport-taken',
  'left-unit',
  'stranded-city',
  'unpaid',
  'other',
] as const;

export type Situation = (typeof SITUATIONS)[number];

export const isSituation = (code: string): code is Situation => SITUATIONS.some((known) => known === code);

const YES_NO = ['yes', 'no', 'unknown'] as const;

/** The short form, in the order it is asked. */
export const FIELDS = [
  {
    id: 'reporter_role',
    kind: 'choice',
    required: true,
    options: ['self', 'parent', 'spouse', 'sibling', 'child', 'kin', 'friend', 'official', 'other'],
  },
  { id: 'reporter_name', kind: 'name', required: true, max: 80 },
  { id: 'person_name', kind: 'name', required: true, max: 80 },
  { id: 'country_now', kind: 'country', required: true, options: ['RU', 'UA', 'BY', 'unknown'] },
  { id: 'situation', kind: 'choices', required: true, options: SITUATIONS },
  {
    id: 'last_contact_date',
    kind: 'date',
    options: ['today', 'week', 'month', 'quarter', 'longer', 'unknown'],
    forSituations: ['army-contract', 'missing', 'injured', 'captured', 'detained'],
  },
  {
    id: 'last_contact_how',
    kind: 'choice',
    options: ['call', 'video', 'message', 'other_person', 'none'],
    forSituations: ['missing'],
  },
  {
    id: 'place_text',
    kind: 'place',
    max: 120,
    forSituations: ['missing', 'injured', 'captured', 'detained', 'stranded-city', 'passport-taken'],
  },
  { id: 'contract_signed', kind: 'choice', options: YES_NO, forSituations: ['army-contract', 'unpaid'] },
  {
    id: 'passport_status',
    kind: 'choice',
    options: ['has', 'lost', 'taken', 'russian_papers', 'unknown'],
    forSituations: ['army-contract', 'passport-taken', 'stranded-city'],
  },
  { id: 'promised_job', kind: 'text', max: 80, forSituations: ['unpaid'] },
  { id: 'urgent_need', kind: 'text', max: 300, forSituations: ['injured', 'detained', 'other'] },
  { id: 'reporter_phone', kind: 'phone' },
] as const satisfies readonly FieldShape[];

/** Offered after the short form, one by one, to those who want to tell more. */
export const MORE_FIELDS = [
  { id: 'safe_to_call', kind: 'text', max: 80 },
  { id: 'alternate_names', kind: 'text', max: 240 },
  { id: 'person_father_or_spouse', kind: 'name', max: 80 },
  { id: 'person_birth', kind: 'date' },
  { id: 'home_state_district', kind: 'text', max: 80 },
  { id: 'last_contact_made', kind: 'choice', options: YES_NO },
  { id: 'travel_date', kind: 'date' },
  {
    id: 'visa_type',
    kind: 'choice',
    options: ['work', 'tourist', 'student', 'business', 'other', 'unknown'],
  },
  { id: 'recruiter', kind: 'text', max: 200 },
  { id: 'reported_elsewhere', kind: 'reference', max: 200 },
  { id: 'family_contact', kind: 'choice', options: ['yes', 'no'] },
  { id: 'free_text', kind: 'text', max: 1000 },
] as const satisfies readonly FieldShape[];

/** `danger_now` is asked before everything else and kept with the rest. */
const DANGER = { id: 'danger_now', kind: 'choice', options: YES_NO } as const satisfies FieldShape;

const ALL = [DANGER, ...FIELDS, ...MORE_FIELDS] as const;

export type FieldId = (typeof ALL)[number]['id'];
/** A question of the form. */
export type Field = FieldShape & { id: FieldId };

const all = new Map<string, Field>(ALL.map((field) => [field.id, field]));

/** Every field of stage A by its id, in the form's order. */
export const FIELD_IDS: readonly FieldId[] = ALL.map(({ id }) => id);

export const fieldById = (id: string): Field | undefined => all.get(id);

/** Several codes in one value are parted by commas. */
export const codes = (value: string | undefined): string[] => (value ? value.split(',') : []);

/** A field that was passed over; kept so that it is not asked again. */
export const SKIPPED = '-';

/** The most questions that a situation may add. */
const SITUATIONAL_LIMIT = 5;

/**
 * The fields to be asked for what is known so far. Somebody who reports a death is asked nothing beyond who they are:
 * a person will speak with them. Somebody who writes for himself is not asked for his name twice.
 */
export function fieldsToAsk(values: FieldValues): Field[] {
  const situations = codes(values['situation']);
  const bereaved = situations.includes('told-dead');
  let situational = 0;
  return FIELDS.filter((field: Field) => {
    if (field.id === 'person_name' && values['reporter_role'] === 'self') return false;
    if (!field.forSituations) return true;
    const wanted = !bereaved && field.forSituations.some((situation) => situations.includes(situation));
    return wanted && ++situational <= SITUATIONAL_LIMIT;
  });
}

/** The next field without a value, or null when the form is complete. */
export const nextField = (values: FieldValues): Field | null =>
  fieldsToAsk(values).find((field) => values[field.id] === undefined) ?? null;

/** The field asked before this one, for going back. */
export function fieldBefore(values: FieldValues, id: string): Field | null {
  const asked = fieldsToAsk(values);
  const at = asked.findIndex((field) => field.id === id);
  return asked[at - 1] ?? null;
}

/** Third parties have no right to a status until the desk confirms them. */
export const isThirdParty = (values: FieldValues): boolean =>
  ['friend', 'official', 'other'].includes(values['reporter_role'] ?? '');

/** The country that was told, null when it isn't known. */
export function countryOf({ country_now: country }: FieldValues): string | null {
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null;
}
