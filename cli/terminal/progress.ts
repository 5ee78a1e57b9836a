import color from "picocolors";

/**
 * Steps of something that takes a while, on stderr: one line a step that counts along on a terminal, and a plain line
 * at its end everywhere else.
 */
export class Steps {
  private title = "";
  private startedAt = 0;

  constructor(private readonly silent = false) {}

  /** Runs one step; its last `detail` stays on the line. */
  async run<T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T> {
    this.title = title;
    this.startedAt = Date.now();
    let last = "";
    const detail = (text: string) => {
      last = text;
      this.draw(color.cyan("…"), text);
    };
    this.draw(color.cyan("…"), "");
    try {
      const result = await work(detail);
      this.finish(color.green("✓"), last);
      return result;
    } catch (error) {
      this.finish(color.red("✗"), last);
      throw error;
    }
  }

  private line(mark: string, detail: string): string {
    const seconds = ((Date.now() - this.startedAt) / 1000).toFixed(1);
    return `${mark} ${this.title.padEnd(28)} ${color.dim(`${seconds.padStart(5)} s`)}  ${detail}`;
  }

  private draw(mark: string, detail: string): void {
    if (this.silent || !process.stderr.isTTY) return;
    const width = Math.max(20, (process.stderr.columns ?? 80) - 42);
    process.stderr.write(`\r\u001b[2K${this.line(mark, detail.slice(0, width))}`);
  }

  private finish(mark: string, detail: string): void {
    if (this.silent) return;
    const start = process.stderr.isTTY ? "\r\u001b[2K" : "";
    process.stderr.write(`${start}${this.line(mark, detail)}\n`);
  }
}
