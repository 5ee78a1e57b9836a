const checkMs = 500;

/** Calls `then` once this process belongs to another than `parent`: an engine that is killed cannot tell its children so. */
export function endWithParent(then: () => void, parent = process.ppid): void {
  setInterval(() => {
    if (process.ppid !== parent) then();
  }, checkMs).unref();
}
