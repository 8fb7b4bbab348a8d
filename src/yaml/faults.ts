/** Gathers every fault before any is told, so that an author mends everything in one go. */
export type Faults = {
  /** `file` is relative to the place that is read, `line` counts from 1; the message says what is wrong and what to do. */
  add: (file: string, line: number, message: string) => void;
  /** Throws one error naming every fault, sorted by place; `cause` holds them as `string[]`. */
  throwIfAny: () => void;
};

const INTENTS = { what: 'The intents folder', folder: 'intents/' };

/** Starts an empty list of faults. `what` begins the error's sentence; `folder` stands before each file's name. */
export function collectFaults({ what, folder }: { what: string; folder: string } = INTENTS): Faults {
  const found: { file: string; line: number; message: string }[] = [];
  return {
    add: (file, line, message) => void found.push({ file, line, message }),
    throwIfAny: () => {
      if (found.length === 0) return;
      const sorted = found.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
      const lines = sorted.map((fault) => `${folder}${fault.file}:${fault.line}: ${fault.message}`);
      const count = lines.length === 1 ? '1 fault' : `${lines.length} faults`;
      throw new Error(`${what} has ${count}:\n${lines.join('\n')}`, { cause: lines });
    },
  };
}
