import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const file = join(import.meta.dirname, '../../../shared/specs/telegram/api.json');

const field = z.object({
  name: z.string(),
  types: z.array(z.string()),
  required: z.boolean(),
  description: z.string(),
});
const spec = z.object({
  methods: z.record(
    z.string(),
    z.object({ returns: z.array(z.string()), fields: z.array(field).default([]) }),
  ),
  types: z.record(
    z.string(),
    z.object({ fields: z.array(field).default([]), subtypes: z.array(z.string()).default([]) }),
  ),
});

type Field = z.infer<typeof field>;
type Fields = Record<string, unknown>;

/** Whether the Bot API's specification lies beside the project; without it nothing can be checked against it. */
export const telegramSpecHere = existsSync(file);

if (!telegramSpecHere)
  console.warn('No ../shared/specs/telegram/api.json: calls and updates are NOT checked against it.');

const { methods, types } = telegramSpecHere
  ? spec.parse(JSON.parse(readFileSync(file, 'utf8')))
  : { methods: {}, types: {} };

/** What is wrong with a Bot API call by the specification: method, required fields, types, invented fields, lengths. */
export const checkTelegramCall = (method: string, args: Fields): string[] => {
  if (!telegramSpecHere) return [];
  const known = methods[method];
  return known ? checkFields(method, known.fields, args) : [`${method}: no such method`];
};

/** What is wrong with an Update that the sandbox emits. */
export const checkTelegramUpdate = (update: unknown): string[] =>
  telegramSpecHere ? checkValue('Update', ['Update'], update) : [];

/** What is wrong with the `result` of a call. */
export const checkTelegramResult = (method: string, result: unknown): string[] =>
  telegramSpecHere ? checkValue(method, methods[method]?.returns ?? [], result) : [];

const checkFields = (place: string, fields: Field[], value: Fields): string[] => {
  const names = new Set(fields.map(({ name }) => name));
  const invented = Object.keys(value)
    .filter((name) => !names.has(name))
    .map((name) => `${place}.${name}: no such field`);
  return [
    ...invented,
    ...fields.flatMap(({ name, types, required, description }) => {
      const given = value[name];
      const here = `${place}.${name}`;
      if (given === undefined) return required ? [`${here}: missing`] : [];
      const problems = checkValue(here, types, given);
      return problems.length > 0 || typeof given !== 'string'
        ? problems
        : checkProse(here, description, given, value['parse_mode'] !== undefined);
    }),
  ];
};

/** Problems of the type that fits best. */
const checkValue = (place: string, names: string[], value: unknown): string[] => {
  const tried = names.map((name) => checkType(place, name, value));
  return tried.toSorted((a, b) => a.length - b.length)[0] ?? [];
};

const scalars: Record<string, (value: unknown) => boolean> = {
  Integer: Number.isInteger,
  Float: (value) => typeof value === 'number',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  InputFile: (value) => typeof value === 'string',
};

const checkType = (place: string, name: string, value: unknown): string[] => {
  if (name.startsWith('Array of ')) {
    if (!Array.isArray(value)) return [`${place}: not an array`];
    const inner = name.slice('Array of '.length);
    return value.flatMap((each, index) => checkType(`${place}[${index}]`, inner, each));
  }
  const scalar = scalars[name];
  if (scalar) return scalar(value) ? [] : [`${place}: not ${name}: ${JSON.stringify(value)}`];
  const object = z.record(z.string(), z.unknown()).safeParse(value);
  if (!object.success) return [`${place}: not ${name}`];
  const { fields = [], subtypes = [] } = types[name] ?? {};
  return subtypes.length > 0 ? checkValue(place, subtypes, value) : checkFields(place, fields, object.data);
};

/** Limits that stand only in the prose: "1-4096 characters", "1-64 bytes", always "kicked", one of "a", "b". */
const checkProse = (place: string, prose: string, value: string, marked: boolean): string[] => {
  const problems: string[] = [];
  const range = /(\d+)-(\d+) (characters|bytes)/.exec(prose);
  if (range) {
    const [, least, most, unit] = range;
    const plain = marked ? value.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, '.') : value;
    const length = unit === 'bytes' ? Buffer.byteLength(plain) : Array.from(plain).length;
    if (length < Number(least) || length > Number(most))
      problems.push(`${place}: ${length} ${unit}, not ${range[0]}`);
  }
  const constant = /(?:always|must be) ["“]?([a-z_]+)["”]?$/.exec(prose)?.[1];
  if (constant !== undefined && value !== constant) problems.push(`${place}: not "${constant}"`);
  const choices = /[Mm]ust be one of (.*?)\./.exec(prose)?.[1];
  const words = [...(choices ?? '').matchAll(/["“](\w+)["”]/g)].map(([, word]) => word);
  if (words.length > 0 && !words.includes(value)) problems.push(`${place}: not one of ${words.join(', ')}`);
  return problems;
};
