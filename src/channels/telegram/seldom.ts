/** True at most once in `everyMs` for each key. Remembers a few thousand keys; in doubt it says true. */
export function seldom(everyMs: number, now: () => number): (key: string) => boolean {
  const last = new Map<string, number>();
  return (key) => {
    const at = now();
    const before = last.get(key);
    if (before !== undefined && Math.abs(at - before) < everyMs) return false;
    if (last.size >= 5_000) last.clear();
    last.set(key, at);
    return true;
  };
}
