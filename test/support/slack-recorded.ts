import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Below these keys the app's own content begins. */
const content = new Set(['blocks', 'values', 'event_payload', 'reactions', 'attachments', 'edited']);

/** `user.id`, `actions[].text.text` …; what an app puts in itself is not entered. */
export const keyPaths = (value: unknown, place = ''): string[] => {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => keyPaths(one, `${place}[]`)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const path = place === '' ? key : `${place}.${key}`;
    return content.has(key) ? [path] : [path, ...keyPaths(inner, path)];
  });
};

const objectsIn = (value: unknown): object[] =>
  typeof value === 'object' && value !== null
    ? [value, ...Object.values(value).flatMap((inner) => objectsIn(inner))]
    : [];

/** The recorded payloads of a kind, from every fixture in the folder. */
export const recordedPayloads = (folder: string, kind: string, eventType?: string): object[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => objectsIn(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .filter((one) => {
      if (kind === 'slash_command') return 'command' in one && 'trigger_id' in one;
      if (kind !== 'event') return 'type' in one && one.type === kind;
      return (
        'type' in one &&
        one.type === 'event_callback' &&
        'event' in one &&
        typeof one.event === 'object' &&
        one.event !== null &&
        'type' in one.event &&
        (eventType === undefined || one.event.type === eventType)
      );
    });
