import { tryEveryCell } from './cells.contract.ts';
import { ROWS } from './table.ts';

tryEveryCell(
  ROWS.filter(({ door }) => door.startsWith('press ')),
  2490,
);
