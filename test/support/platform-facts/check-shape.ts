import { z } from 'zod';
import type { Fact, Shape, Shapes } from './fact.ts';

const scalars: Readonly<Record<string, (value: unknown) => boolean>> = {
  Any: () => true,
  Boolean: (value) => typeof value === 'boolean',
  Float: (value) => typeof value === 'number',
  Integer: Number.isInteger,
  Null: (value) => value === null,
  Object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  String: (value) => typeof value === 'string',
};

const fields = z.record(z.string(), z.unknown());
const ARRAY = 'Array of ';

/** What is wrong with an object by a shape: fields missing, unknown, of a wrong kind, or too long. */
export function checkShape(shapes: Shapes, place: string, shape: Shape, value: unknown): string[] {
  const read = fields.safeParse(value);
  if (!read.success) return [`${place}: not an object`];
  const held = read.data;
  return [
    ...Object.keys(held)
      .filter((name) => shape[name] === undefined)
      .map((name) => `${place}.${name}: no such field`),
    ...Object.entries(shape).flatMap(([name, fact]) => {
      const here = `${place}.${name}`;
      const given = held[name];
      if (given === undefined) return fact.needed ? [`${here}: missing`] : [];
      const problems = checkKinds(shapes, here, fact.kinds, given);
      return problems.length > 0
        ? problems
        : checkLimits(here, fact, given, typeof held['parse_mode'] === 'string');
    }),
  ];
}

/** The problems of the kind that fits best. */
export function checkKinds(
  shapes: Shapes,
  place: string,
  kinds: readonly string[],
  value: unknown,
): string[] {
  const fitting = kinds.filter((kind) => saysType(shapes[kind], value));
  const tried = (fitting.length > 0 ? fitting : kinds).map((kind) => checkKind(shapes, place, kind, value));
  return tried.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

/** Whether an object calls itself by the `type` of this shape. */
const saysType = (shape: Shape | undefined, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  shape?.['type']?.oneOf?.includes(value.type) === true;

function checkKind(shapes: Shapes, place: string, kind: string, value: unknown): string[] {
  if (kind.startsWith(ARRAY)) {
    if (!Array.isArray(value)) return [`${place}: not an array`];
    const inner = kind.slice(ARRAY.length).replace(/^\((.*)\)$/, '$1');
    return value.flatMap((one, at) => checkKinds(shapes, `${place}[${at}]`, inner.split(' / '), one));
  }
  const scalar = scalars[kind];
  if (scalar) return scalar(value) ? [] : [`${place}: not ${kind}: ${JSON.stringify(value)}`];
  const shape = shapes[kind];
  if (!shape) throw new Error(`no shape "${kind}" is written down`);
  return checkShape(shapes, place, shape, value);
}

/** The names in `Array of (A / B)` that are no scalars. */
export const shapesNamed = (kind: string): string[] =>
  kind.startsWith(ARRAY)
    ? kind
        .slice(ARRAY.length)
        .replace(/^\((.*)\)$/, '$1')
        .split(' / ')
        .flatMap(shapesNamed)
    : scalars[kind]
      ? []
      : [kind];

const sizeOf = (value: unknown, unit: Fact['unit']): number | undefined => {
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null)
    return 'text' in value ? sizeOf(value.text, unit) : undefined;
  if (typeof value !== 'string') return undefined;
  if (unit === 'bytes') return Buffer.byteLength(value);
  return unit === 'characters' ? Array.from(value).length : value.length;
};

function checkLimits(place: string, fact: Fact, value: unknown, marked: boolean): string[] {
  const { least = 0, most = Infinity, unit, oneOf } = fact;
  // Telegram counts what is left when it has read the markup.
  const counted =
    marked && typeof value === 'string' ? value.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, '.') : value;
  const size = sizeOf(counted, unit);
  return [
    ...(size !== undefined && (size < least || size > most)
      ? [`${place}: ${size} ${unit ?? 'long'}, not ${least}-${most}`]
      : []),
    ...(oneOf && typeof value === 'string' && !oneOf.includes(value)
      ? [`${place}: not one of ${oneOf.join(', ')}`]
      : []),
  ];
}
