import fs from "node:fs";
import path from "node:path";

/**
 * Data directories made ahead. The first deployment into a new sandbox asks for several namespaces at once, seconds after
 * the sandbox started: by then their files are there, and taking one is a rename. What is left over goes at the end.
 */
export class PreparedData {
  private readonly ready: string[] = [];
  private wanted = 0;
  private making: Promise<void> = Promise.resolve();

  /** @param make fills a folder that is not there yet */
  constructor(
    private readonly folder: string,
    private readonly make: (to: string) => Promise<void>,
  ) {
    fs.rmSync(folder, { recursive: true, force: true });
  }

  /** Makes so many, one after the other, in the background. What fails is made again, and heard of, when it is asked for. */
  prepare(count: number): void {
    this.wanted = count;
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o755 });
    this.making = this.makeAll().catch(() => {});
  }

  /** Puts a data directory at `to`. @throws what making it throws, when none was ready */
  async take(to: string): Promise<void> {
    const spare = this.ready.shift();
    if (spare !== undefined) return fs.renameSync(spare, to);
    this.wanted = Math.max(0, this.wanted - 1);
    await this.make(to);
  }

  async close(): Promise<void> {
    this.wanted = 0;
    await this.making;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private async makeAll(): Promise<void> {
    for (let at = 0; this.wanted > 0; at++) {
      this.wanted--;
      const spare = path.join(this.folder, String(at));
      await this.make(spare);
      this.ready.push(spare);
    }
  }
}
