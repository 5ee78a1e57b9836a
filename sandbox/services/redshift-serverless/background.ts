import { setTimeout as sleep } from "node:timers/promises";

/** Work that goes on after an operation was answered. */
export class Background {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly log: (line: string) => void) {}

  /**
   * @param failed tells the resource's record about a failure; without it the failure is only logged.
   */
  run(what: string, delayMs: number, work: () => Promise<void>, failed?: (message: string) => void): void {
    const task = (async () => {
      try {
        if (delayMs > 0) await sleep(delayMs, undefined, { signal: this.stopping.signal });
        if (!this.stopping.signal.aborted) await work();
      } catch (error) {
        // What was interrupted by the end of the process is taken up again at its next start.
        if (this.stopping.signal.aborted) return;
        const message = error instanceof Error ? error.message : String(error);
        this.log(`${what} failed: ${message}`);
        failed?.(message);
      }
    })();
    this.running.add(task);
    void task.finally(() => this.running.delete(task));
  }

  /** Drops what waits and lets what runs come to its end. */
  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.running);
  }
}
