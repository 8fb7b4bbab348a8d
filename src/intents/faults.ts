/** Gathers every fault before any is told, so that an author mends a folder in one go. */
export type Faults = {
  /** `file` is relative to the intents folder, `line` counts from 1; the message says what is wrong and what to do. */
  add: (file: string, line: number, message: string) => void;
  /** Throws one error naming every fault, sorted by place; `cause` holds them as `string[]`. */
  throwIfAny: () => void;
};

/** Starts an empty list of faults. */
export function collectFaults(): Faults {
  const found: { file: string; line: number; message: string }[] = [];
  return {
    add: (file, line, message) => void found.push({ file, line, message }),
    throwIfAny: () => {
      if (found.length === 0) return;
      const sorted = found.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
      const lines = sorted.map((fault) => `intents/${fault.file}:${fault.line}: ${fault.message}`);
      const count = lines.length === 1 ? '1 fault' : `${lines.length} faults`;
      throw new Error(`The intents folder has ${count}:\n${lines.join('\n')}`, { cause: lines });
    },
  };
}
