import fs from "node:fs";
import path from "node:path";
import { type Fleet, repository, type StackConfig } from "./fleet";

/** A copy of a stack's schema files, to which a test adds some of its own. */
export class OwnSchema {
  private last = 0;

  constructor(private readonly fleet: () => Fleet) {}

  private get directory(): string {
    return path.join(this.fleet().directory, "schema");
  }

  /** Has the stack apply the copy; made when this is called for the first time. */
  use(config: StackConfig): void {
    const { directory } = this;
    if (!fs.existsSync(directory)) {
      fs.cpSync(path.join(repository, String(config.schema?.directory)), directory, { recursive: true });
    }
    config.schema = { ...config.schema, directory };
  }

  /** Adds a file that comes after all others. */
  add(sql: string): void {
    fs.writeFileSync(path.join(this.directory, `${9_000 + ++this.last}_added.sql`), sql);
  }
}
