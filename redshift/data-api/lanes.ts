const lanes = new Map<string, Promise<void>>();

/**
 * Runs `work` after everything queued before it under the same key. DDL on one Redshift database fails with "conflict
 * with concurrent transaction" when it overlaps, so a process sends it one statement at a time.
 */
export function inLane<T>(key: string, work: () => Promise<T>): Promise<T> {
  const result = (lanes.get(key) ?? Promise.resolve()).then(work);
  const tail = result.then(
    () => undefined,
    () => undefined,
  );
  lanes.set(key, tail);
  void tail.then(() => {
    if (lanes.get(key) === tail) lanes.delete(key);
  });
  return result;
}
