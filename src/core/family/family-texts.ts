import { countryName } from '../case/countries.ts';
import { codes, fieldBefore, fieldById, FIELD_IDS, SKIPPED, type Field } from '../case/intake-form.ts';
import type { Act, Turn } from './decision.ts';
import type { Knowledge, Speech } from '../case/knowledge.ts';
import type { Button, Outgoing } from '../words/messages.ts';
import type { FieldValues } from '../case/case-record.ts';
import type { Block, RichText } from '../words/rich-text.ts';
import type { Slots } from '../words/markdown.ts';

/** A message from the phrases, with rows of buttons. */
export const saying = (
  speech: Speech,
  key: string,
  slots: Slots = {},
  buttons: Button[][] = [],
): Outgoing => ({
  text: speech.say(key, slots),
  buttons,
  language: speech.language,
});

/** One message of several phrases, one under the other. */
export const together = (speech: Speech, parts: RichText[], buttons: Button[][] = []): Outgoing => ({
  text: parts.flat(),
  buttons,
  language: speech.language,
});

/** A button whose label is a phrase. */
export const button = (speech: Speech, id: string, key: string): Button => ({ id, label: speech.label(key) });

/** A day for people, in Indian time: "24 November". */
export function dayOf(ms: number, language: string): string {
  return new Intl.DateTimeFormat(
    language === 'en' ? 'en-IN' : language.endsWith('-Latn') ? 'en-IN' : language,
    {
      day: 'numeric',
      month: 'long',
      timeZone: 'Asia/Kolkata',
      numberingSystem: 'latn',
    },
  ).format(ms);
}

/** What an option of a field is called. */
export const optionLabel = (speech: Speech, field: Field, option: string): string =>
  field.kind === 'country' && option !== 'unknown'
    ? countryName(option, speech.language)
    : speech.label(`option.${field.id}.${option}`);

/** The question of a field, with its options, a way to skip and a way back. */
export function question(
  speech: Speech,
  field: Field,
  values: FieldValues,
  before: RichText[] = [],
): Outgoing {
  const taken = field.kind === 'choices' ? codes(values[field.id]) : [];
  const options = (field.options ?? []).filter((option) => !taken.includes(option));
  const rows = pairs(
    options.map((option) => ({ id: `f:${field.id}:${option}`, label: optionLabel(speech, field, option) })),
  );
  if (taken.length > 0) rows.push([button(speech, `f:${field.id}:done`, 'button.that-is-all')]);
  const last: Button[] = fieldBefore(values, field.id)
    ? [button(speech, `b:${field.id}`, 'button.back')]
    : [];
  if (!field.required) last.push(button(speech, `f:${field.id}:skip`, 'button.skip'));
  if (last.length > 0) rows.push(last);
  const ask =
    taken.length > 0
      ? speech.say('ask.situation-more', {
          chosen: taken.map((option) => optionLabel(speech, field, option)).join(', '),
        })
      : speech.say(`ask.${field.id}`);
  return together(speech, [...before, ask], rows);
}

/** Two buttons in a row; long labels get a row of their own, so that a narrow phone shows them whole. */
export function pairs(buttons: Button[]): Button[][] {
  const rows: Button[][] = [];
  for (const one of buttons) {
    const last = rows.at(-1);
    const fits = last?.length === 1 && one.label.length <= 16 && (last[0]?.label.length ?? 0) <= 16;
    if (fits) last.push(one);
    else rows.push([one]);
  }
  return rows;
}

/** Names and numbers as they are read back: enough to see a mistake, not enough for somebody looking over a shoulder. */
function masked(field: Field, value: string): string {
  if (field.kind === 'phone') return `••• ${value.slice(-3)}`;
  if (field.kind === 'name')
    return value
      .split(' ')
      .map((word) => {
        const letters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)].map(
          (part) => part.segment,
        );
        return letters.length <= 2
          ? (letters[0] ?? '') + '•'
          : letters.slice(0, 2).join('') + '•'.repeat(Math.min(letters.length - 2, 6));
      })
      .join(' ');
  return value;
}

/** A date as far as it is known, for people: "2025", "October 2025", "3 October 2025". */
function partialDay(date: string, language: string): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  return new Intl.DateTimeFormat(language === 'en' || language.endsWith('-Latn') ? 'en-IN' : language, {
    year: 'numeric',
    month: 'long',
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).format(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
}

/** A field's value for people. */
export function shownValue(speech: Speech, field: Field, value: string): string {
  if (value === SKIPPED || value === '') return speech.label('value.not-given');
  if (field.kind === 'country')
    return value === 'unknown' ? optionLabel(speech, field, value) : countryName(value, speech.language);
  const about = /^[<>~](.+)$/.exec(value)?.[1];
  if (field.kind === 'date' && about !== undefined)
    return speech.label(
      value.startsWith('<') ? 'value.before' : value.startsWith('>') ? 'value.since' : 'value.about',
      { date: partialDay(about, speech.language) },
    );
  if (field.kind === 'date' && /^\d{4}/.test(value)) return partialDay(value, speech.language);
  if (field.options?.length)
    return codes(value)
      .map((code) => (field.options?.includes(code) ? optionLabel(speech, field, code) : code))
      .join(' · ');
  return value;
}

/** What has been told, masked, as a list; what was never asked is left out. */
export function summary(speech: Speech, values: FieldValues): RichText {
  const items = FIELD_IDS.flatMap((id) => {
    const field = fieldById(id);
    const value = values[id];
    if (!field || value === undefined || id === 'recruiter') return [];
    return [
      [
        { text: `${speech.label(`field.${id}`)}: `, bold: true as const },
        {
          text: shownValue(speech, field, value === SKIPPED ? value : masked(field, value)),
        },
      ],
    ];
  });
  return items.length > 0 ? [{ kind: 'list', ordered: false, items }] : [];
}

/** An answer with the buttons that lead on from it. */
export function answerMessage(
  knowledge: Knowledge,
  speech: Speech,
  intent: string,
  now: number,
  before: RichText = [],
): Outgoing | null {
  const answer = knowledge.answer(intent, speech.language, now);
  if (!answer) return null;
  const facts = knowledge.intent(intent);
  const next = (facts?.next ?? []).filter(
    (id) => id !== 'report' && id !== 'human' && knowledge.intent(id) !== null,
  );
  const rows: Button[][] = pairs(
    next.slice(0, 3).map((id) => ({ id: `i:${id}`, label: knowledge.title(id, speech.language) })),
  );
  rows.push([button(speech, 'm:report', 'button.report'), button(speech, 'm:human', 'button.human')]);
  const text: Block[] = [...before, ...answer.text];
  return { text, buttons: rows, language: speech.language };
}

/** The other needs of one message, each a button; nothing when there are none. */
export function heardMore(
  { knowledge, speech }: Pick<Turn, 'knowledge' | 'speech'>,
  intents: string[],
): Act[] {
  if (intents.length === 0) return [];
  const also = intents.map((id) => ({ id: `i:${id}`, label: knowledge.title(id, speech.language) }));
  const topics = also.map(({ label }) => label).join(', ');
  return [{ do: 'say', message: saying(speech, 'heard-more', { topics }, pairs(also)) }];
}

/** The three ways in, for a first greeting and for somebody who is lost. */
export const mainMenu = (speech: Speech): Button[][] => [
  [button(speech, 'm:report', 'button.report-help')],
  [button(speech, 'm:question', 'button.question')],
  [button(speech, 'm:human', 'button.human')],
  [button(speech, 'm:urgent', 'button.urgent')],
];

/**
 * Languages to choose from, each in its own name. Typed in Latin letters, a language is offered only to those who write
 * it: whoever types it is answered so anyway. Hindi is, since so many write it that way.
 */
export const languageMenu = (knowledge: Knowledge, now: string): Button[][] =>
  pairs(
    knowledge.languages
      .filter(
        (language) =>
          !language.endsWith(LATIN) || language === `hi${LATIN}` || language === `${base(now)}${LATIN}`,
      )
      .map((language) => ({
        id: `l:${language}`,
        label: knowledge.speech(language).label('language.name'),
      })),
  );

const LATIN = '-Latn';
const base = (language: string): string => language.replace(LATIN, '');
