/**
 * Syncing that callers share: whoever asks while one is under way waits for the next, which sees what they have written.
 * Many writers at once then cost two syncs, not one each.
 */
export class SharedSync {
  private running: Promise<void> | undefined;
  private due: Promise<void> | undefined;

  constructor(private readonly run: () => Promise<void>) {}

  /** Resolves once a sync that began after this call has ended. */
  sync(): Promise<void> {
    this.due ??= this.next(this.running);
    return this.due;
  }

  /** Resolves once none is running; a failure is for those who asked for it. */
  async idle(): Promise<void> {
    await this.running?.catch(() => undefined);
  }

  private async next(before: Promise<void> | undefined): Promise<void> {
    await before?.catch(() => undefined);
    this.running = this.due;
    this.due = undefined;
    try {
      await this.run();
    } finally {
      this.running = undefined;
    }
  }
}
