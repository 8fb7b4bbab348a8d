import { describe, expect, test } from 'vitest';
import { englishLabels } from '../../../../src/channels/slack/blocks/labels.ts';
import { deskHandlers } from '../../../../src/channels/slack/desk/desk.ts';
import { webClients } from '../../../../src/channels/slack/wire/web-clients.ts';
import { memoryDesk } from '../../../support/memory-desk.ts';
import { EVENT_DOORS } from './doors.ts';
import { doorOf, ROWS, type Row } from './table.ts';
import { isCaseless } from './trying.ts';

const undeclared = (doors: readonly string[]): string[] =>
  doors.filter((door) => !ROWS.some((row) => doorOf(row) === door));
/** Doors whose case was never in this moment. */
const untried = (moment: (row: Row) => boolean): string[] =>
  ROWS.filter((row) => !isCaseless(row))
    .map(doorOf)
    .filter((door) => !ROWS.some((row) => doorOf(row) === door && moment(row)));

describe('every door', () => {
  /** Only listed here. */
  const handlers = deskHandlers({
    desk: memoryDesk().desk,
    client: webClients('xoxb-none', 'http://127.0.0.1:1/').background,
    home: { refresh: () => Promise.resolve(), close: () => Promise.resolve() },
    hasLeft: () => Promise.resolve(false),
    labels: englishLabels(),
    now: Date.now,
    today: () => '2026-01-01',
  });
  const known = [...handlers.map(({ kind, id }) => `${kind} ${id}`), ...Object.values(EVENT_DOORS)];
  test('of the desk stands in the table, and nothing else does', () => {
    expect(undeclared(known)).toEqual([]);
    expect(ROWS.map(doorOf).filter((door) => !known.includes(door))).toEqual([]);
  });
  test('that is not in the table is found', () => {
    expect(undeclared([...known, 'press planted'])).toEqual(['press planted']);
  });
  test('that names a case was tried fresh and stale', () => {
    expect(untried(({ meanwhile }) => meanwhile === '-')).toEqual([]);
    expect(untried(({ meanwhile }) => meanwhile !== '-')).toEqual([]);
  });
});
