import type { FieldValues } from '../core/case/case-record.ts';
import type { Place } from './sealed-box.ts';
import type { UnitContext } from './unit-context.ts';

const place = (caseId: string, field: string, version: number): Place => [
  'case_fields',
  `${caseId}|${field}|${version}`,
  'value',
];

/** The form's answers, each under its own version; nothing is overwritten. An empty value withdraws the field. */
export type CaseFields = {
  /** The newest value of each field. */
  read(caseId: string): Promise<FieldValues>;
  write(caseId: string, values: FieldValues, by: string): Promise<void>;
};

export function caseFields({ tx, now, caseKeys }: UnitContext): CaseFields {
  const newest = async (caseId: string): Promise<Map<string, { version: number; value: string }>> => {
    const rows = await tx
      .selectFrom('case_fields')
      .select(['field', 'version', 'value'])
      .where('case_id', '=', caseId)
      .orderBy('version')
      .execute();
    return new Map(rows.map(({ field, version, value }) => [field, { version, value }]));
  };
  return {
    async read(caseId) {
      const rows = await newest(caseId);
      if (rows.size === 0) return {};
      const box = await caseKeys.of(caseId);
      return Object.fromEntries(
        [...rows]
          .map(
            ([field, { version, value }]) => [field, box.open(value, place(caseId, field, version))] as const,
          )
          .filter(([, value]) => value !== ''),
      );
    },
    async write(caseId, values, by) {
      const fields = Object.entries(values);
      if (fields.length === 0) return;
      const [rows, box] = [await newest(caseId), await caseKeys.of(caseId)];
      const added = fields.map(([field, value]) => {
        const version = (rows.get(field)?.version ?? 0) + 1;
        return {
          case_id: caseId,
          field,
          version,
          value: box.seal(value, place(caseId, field, version)),
          written_by: by,
          at: now,
        };
      });
      await tx.insertInto('case_fields').values(added).execute();
    },
  };
}
