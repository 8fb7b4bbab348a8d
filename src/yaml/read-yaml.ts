import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Faults } from './faults.ts';

/** A checked YAML text, and the line (from 1) where a path of it stands. */
export type CheckedYaml<T> = { value: T; lineOf: (path: readonly PropertyKey[]) => number };

/**
 * Parses and checks a YAML text; every syntax or shape fault is added with its line.
 * @param lineOffset lines of the file that stand before the text
 */
export function readYaml<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
  faults: Faults,
  lineOffset = 0,
): CheckedYaml<z.output<Schema>> | undefined {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (offset: number): number => counter.linePos(offset).line + lineOffset;
  for (const problem of document.errors)
    faults.add(file, lineAt(problem.pos[0]), `not valid YAML: ${problem.message.split('\n')[0]}`);
  if (document.errors.length > 0) return undefined;

  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const key = path[length - 1];
      const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      if (pair && isScalar(pair.key) && pair.key.range) return lineAt(pair.key.range[0]);
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return 1 + lineOffset;
  };

  const checked = schema.safeParse(document.toJS());
  if (checked.success) return { value: checked.data, lineOf };
  for (const issue of checked.error.issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys)
        faults.add(
          file,
          lineOf([...issue.path, key]),
          `unknown key "${key}": correct its spelling or take it out`,
        );
    else faults.add(file, lineOf(issue.path), `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  }
  return undefined;
}
