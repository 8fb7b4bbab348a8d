import { z } from 'zod';
import { DELIVERIES, DOORS, PURPOSES } from './case-record.ts';
import { PRIORITIES, STATUSES } from './case-status.ts';
import { FIELD_IDS, SITUATIONS } from './intake-form.ts';
import { readReference } from './reference.ts';
import { STAFF_ID } from './desks.ts';

/**
 * What can happen, as codes: the closed vocabulary of the story. Whatever a person wrote, is called or can be reached by
 * stands sealed elsewhere and is only counted or named here; `strictObject` and the shapes below keep it out.
 */
const id = z.string().regex(/^[0-9a-f]{32}$/);
const staffId = z.string().regex(STAFF_ID);
const code = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Z][A-Za-z]{1,7})?$/);
const time = z.int();
const number = z.int().min(1);
const field = z.enum(FIELD_IDS);
const status = z.enum(STATUSES);
const priority = z.enum(PRIORITIES);
const purpose = z.enum(PURPOSES);
const need = z.enum(SITUATIONS);
const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const event = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape });

/** With its check character: eight letters that are no reference are something else, a passport's number say. */
const reference = z.string().refine((text) => readReference(text) === text);

/** A case as a database of before the story held it. */
const carriedCase = z.strictObject({
  reference,
  personId: id,
  chatId: id,
  channel: z.enum(['telegram', 'slack']),
  status,
  priority,
  ownerId: staffId.nullable(),
  country,
  language,
  needs: z.array(code),
  formDone: z.boolean(),
  version: number,
  createdAt: time,
  updatedAt: time,
  familyAt: time,
  deskAt: time.nullable(),
  nextContactAt: time.nullable(),
  messages: z.int().min(0),
});

const caseShapes = [
  event('opened', {
    reference,
    personId: id,
    chatId: id,
    desk: code,
    channel: z.enum(['telegram', 'slack']),
    priority,
    country,
    language,
    needs: z.array(need),
    formDone: z.boolean(),
    /** The answers that came with it. */
    fields: z.array(field),
    due: time.nullable(),
  }),
  /** Answers of the form: which, and what follows from them for the desk's view of the case. */
  event('told', { fields: z.array(field).min(1), country, needs: z.array(need) }),
  event('wrote', {
    message: number,
    file: z.enum(['photo', 'voice', 'video', 'document']).nullable(),
    edits: z.boolean(),
  }),
  event('replied', { message: number, language, due: time.nullable() }),
  event('delivery', { message: number, to: z.enum(DELIVERIES), why: code.nullable() }),
  event('noted', { message: number }),
  event('danger', { what: z.enum(['heard', 'again', 'asked', 'denied', 'stood-down']) }),
  /** By the machine, which can't lower. */
  event('raised', { to: priority, due: time.nullable() }),
  /** By staff. It stands until new danger. */
  event('graded', { to: priority }),
  event('taken', {}),
  event('released', {}),
  /** `due`: by when the family was told, in the same unit, that it hears again; null when it was told nothing. */
  event('status', {
    from: status,
    to: status,
    told: z.boolean(),
    due: time.nullable(),
    second: staffId.nullable(),
    beyondConsent: z.boolean(),
    /** What an officer answered to "has a person told the family by voice?". */
    voice: z.enum(['told', 'not-yet']).nullable(),
  }),
  /** A head takes back an outcome that was wrong. */
  event('taken-back', { from: status, to: status }),
  event('second', {
    what: z.enum(['asked', 'confirmed', 'refused', 'lapsed']),
    request: id,
    to: status,
    beyondConsent: z.boolean(),
  }),
  event('promise', { what: z.enum(['reminded', 'missed']), due: time }),
  event('form', { what: z.enum(['done', 'abandoned']) }),
  event('language', { to: language }),
  event('wanted', { what: z.enum(['person', 'deletion']) }),
  event('advised', { intent: code, language }),
  event('read', { fields: z.array(z.union([field, z.enum(['messages', 'take-ups'])])) }),
  event('found', {}),
  event('drafted', {}),
  /** The desk was called again for a case of danger that nobody has taken: the whole channel, or the next in line. */
  event('alarm', { what: z.enum(['again', 'next']), to: z.array(staffId) }),
  /** What a case was when the story began to be written, and how often each answer had been given: databases of before. */
  event('carried', { state: carriedCase, fields: z.record(code, number) }),
] as const;

const personShapes = [
  event('taken-up', {
    caseId: id,
    takeUp: id,
    door: z.enum(DOORS),
    date: z.iso.date(),
    second: staffId,
    sealed: sha256,
  }),
  event('outcome', { caseId: id, to: status.nullable() }),
  event('carried', { outcome: status.nullable(), takeUps: z.array(id) }),
] as const;

const chatShapes = [
  event('consent', { purposes: z.array(purpose), notice: z.string().regex(/^[\w.-]{1,40}$/), language }),
  event('withdrawn', {}),
  event('blocked', {}),
  event('unblocked', {}),
  event('carried', { purposes: z.array(purpose).nullable(), withdrawn: z.boolean(), blocked: z.boolean() }),
] as const;

/** A line of the audit of before, as it stood; its chain was checked when it was carried over. */
const registerShapes = [
  event('audited', {
    action: code,
    object: z.string().regex(/^((case|person|chat):[0-9a-f]{32}|audit:\d{1,15}|other)$/),
    fields: z.array(z.string().regex(/^[a-z][A-Za-z0-9_-]{0,59}$/)),
  }),
] as const;

const SHAPES = {
  case: z.discriminatedUnion('kind', caseShapes),
  person: z.discriminatedUnion('kind', personShapes),
  chat: z.discriminatedUnion('kind', chatShapes),
  register: z.discriminatedUnion('kind', registerShapes),
} as const;

export type SubjectKind = keyof typeof SHAPES;
export type CaseEvent = z.output<typeof SHAPES.case>;
export type PersonEvent = z.output<typeof SHAPES.person>;
export type ChatEvent = z.output<typeof SHAPES.chat>;
export type RegisterEvent = z.output<typeof SHAPES.register>;

/** Every kind of event that a case can have; for tests that must try each. */
export const CASE_EVENT_KINDS = caseShapes.map((shape) => shape.shape.kind.value);

/** Whom an event is about: `case:<id>`, `person:<id>`, `chat:<id>`, or the audit of before. */
const SUBJECT = /^((case|person|chat):[0-9a-f]{32}|register:audit)$/;

const SUBJECT_KINDS = ['case', 'person', 'chat', 'register'] as const satisfies SubjectKind[];

/** What kind of thing an event is about; null when it is none that there can be. */
export const subjectKind = (subject: string): SubjectKind | null =>
  SUBJECT.test(subject) ? (SUBJECT_KINDS.find((kind) => subject.startsWith(`${kind}:`)) ?? null) : null;

/** Who did it, as the story names them: `family:<chat id>`, `staff:<slack id>`, `helpline`. */
export const ACTOR = new RegExp(`^(family:[0-9a-f]{32}|staff:${STAFF_ID.source.slice(1, -1)}|helpline)$`);

/** An event with its subject's id, when (Unix ms) and by whom, and its number among those of its subject. */
export type Told<Event> = { event: Event; subject: string; at: number; actor: string; number: number };

/** Throws when `event` is not one of the vocabulary: nothing else can be written into the story. */
export function parseEvent(subject: 'case', event: unknown): CaseEvent;
export function parseEvent(subject: 'person', event: unknown): PersonEvent;
export function parseEvent(subject: 'chat', event: unknown): ChatEvent;
export function parseEvent(
  subject: SubjectKind,
  event: unknown,
): CaseEvent | PersonEvent | ChatEvent | RegisterEvent;
export function parseEvent(subject: SubjectKind, event: unknown): unknown {
  return SHAPES[subject].parse(event);
}
