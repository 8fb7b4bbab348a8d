import { z } from 'zod';
import type { Contact, Language } from './intent-pack.ts';
import { dayOf, dayShape, languageShape, textShape } from './shapes.ts';

const dayMs = 86_400_000;

const contactShape = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case words joined by hyphens'),
    kind: z.enum(['url', 'phone', 'email', 'handle']),
    value: textShape,
    label: z
      .record(languageShape, textShape)
      .refine((label) => 'en' in label, { error: 'give the label in English too (en)' }),
    scope: textShape,
    checked_by: textShape.optional(),
    checked_on: dayShape.optional(),
    expires_on: dayShape.optional(),
  })
  .superRefine((contact, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (contact.kind === 'url' && !contact.value.startsWith('https://'))
      fault('value', 'write a whole https address');
    if (contact.kind === 'url' && !contact.expires_on)
      fault('expires_on', 'say when the page must be looked at again');
    if (contact.checked_by && !contact.checked_on)
      fault('checked_by', 'a signature needs checked_on, the day of the check');
    if (contact.checked_on && contact.expires_on && contact.kind !== 'url') {
      const days = (Date.parse(contact.expires_on) - Date.parse(contact.checked_on)) / dayMs;
      if (days < 0 || days > 30) fault('expires_on', 'a signature lasts at most 30 days from checked_on');
    }
  });

/** intents/_contacts.yaml */
export const contactsShape = z.array(contactShape);

/** The stored record as the core knows it. */
export function toContact(record: z.output<typeof contactShape>): Contact {
  return {
    id: record.id,
    kind: record.kind,
    value: record.value,
    label: record.label,
    scope: record.scope,
    ...(record.checked_by && { checkedBy: record.checked_by }),
    ...(record.checked_on && { checkedOn: record.checked_on }),
    ...(record.expires_on && { expiresOn: record.expires_on }),
  };
}

/** An official page is shown until its date; anything else only while a signature on it is valid. `now` in ms. */
export function isShown(contact: Contact, now: number): boolean {
  const today = dayOf(now);
  if (!contact.expiresOn || today > contact.expiresOn) return false;
  if (contact.kind === 'url') return true;
  return contact.checkedBy !== undefined && contact.checkedOn !== undefined && contact.checkedOn <= today;
}

/** The contact as Markdown for a reader of the language. */
export function showContact(contact: Contact, language: Language): string {
  return contact.kind === 'url'
    ? `[${contact.label[language] ?? contact.label['en'] ?? contact.value}](${contact.value})`
    : contact.value;
}
