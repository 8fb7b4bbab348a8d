/**
 * A limit for each key: true at most once in `everyMs`. Remembers 5,000 keys; when it has to forget them, each is true once
 * more.
 */
export function rateLimit(everyMs: number, now: () => number): (key: string) => boolean {
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
