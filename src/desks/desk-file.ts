import { z } from 'zod';
import { isCountry } from '../core/case/countries.ts';
import { ROLES, STAFF_ID } from '../core/case/desks.ts';
import { DEFAULT_LIMITS } from '../core/case/wakes.ts';
import { weekShape } from './hours-shape.ts';

const MINUTE_MS = 60_000;
const UNITS: Record<string, number> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 24 * 60 * MINUTE_MS };

/** `15m`, `24h` or `2d`, in ms. */
const within = (most: string, fallback: number) =>
  z
    .string(`write a time such as 15m, 24h or 2d, at most ${most}`)
    .refine((text) => msOf(text) >= MINUTE_MS && msOf(text) <= msOf(most), {
      error: `write a time such as 15m, 24h or 2d, at most ${most}`,
    })
    .transform(msOf)
    .default(fallback);

function msOf(text: string): number {
  const [, count = '0', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  return Number(count) * (UNITS[unit] ?? 0);
}

/** Offsets such as +05:30 would do for Intl too, but know nothing of summer time. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Z]/.test(name) && Intl.DateTimeFormat('en', { timeZone: name }).formatToParts(0).length > 0;
  } catch {
    return false;
  }
}

const idShape = z
  .string('write a short name in lower-case letters, as delhi')
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'write a short name in lower-case letters, as delhi');

const personShape = z.strictObject({
  id: z
    .string('write the Slack id of a person, as U0123456789')
    .regex(STAFF_ID, 'write the Slack id of a person, as U0123456789 (their profile, ⋮, Copy member ID)'),
  roles: z
    .array(z.enum(ROLES, `write one of ${ROLES.join(', ')}`))
    .min(1, 'write at least one role')
    .refine((roles) => new Set(roles).size === roles.length, { error: 'a role stands here twice' })
    .refine((roles) => !roles.includes('auditor') || roles.length === 1, {
      error: 'an auditor changes nothing, and so has no other role at this desk',
    }),
});

const deskShape = z.strictObject({
  id: idShape,
  formerly: z.array(idShape).default([]),
  name: z.string('write what the desk is called').trim().min(1, 'write what the desk is called'),
  channel: z
    .string("write the id of the desk's channel, as C0123456789")
    .regex(
      /^[CG][A-Z0-9]{6,}$/,
      "write the id of the desk's channel, as C0123456789 (the channel's details, at the very bottom)",
    ),
  timeZone: z
    .string('write a time zone by city, as Asia/Kolkata')
    .refine(isTimeZone, { error: 'no such time zone: write it by city, as Asia/Kolkata or Europe/Moscow' }),
  hours: weekShape,
  holidays: z.array(z.iso.date('write a real day as YYYY-MM-DD')).default([]),
  people: z.array(personShape).default([]),
  limits: z
    .strictObject({
      untaken: within('24h', DEFAULT_LIMITS.untakenMs),
      second: within('14d', DEFAULT_LIMITS.secondMs),
      form: within('14d', DEFAULT_LIMITS.formMs),
    })
    .prefault({}),
  countries: z
    .array(z.string().refine(isCountry, { error: 'no such country: write its two letters, as RU' }))
    .default([]),
});

/** desk.yaml */
export const deskFileShape = z.strictObject({
  desks: z.array(deskShape, 'write the list of desks').min(1, 'name at least one desk'),
});

export type WrittenDesk = z.output<typeof deskShape>;
