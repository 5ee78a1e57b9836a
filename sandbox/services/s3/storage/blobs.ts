import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { SharedSync } from "../../../store/shared-sync";
import type { Segment } from "./records";

/** Bytes that go to a file in one write, and that a reader holds at a time. */
const chunkBytes = 1 << 19;
/** Bytes after which the disk is told to begin, so that the sync at the end of a large body has little left to do. */
const writeback = 1 << 24;

/**
 * Files that never change once they are written: the bodies of objects and parts. Several records may hold one file, and
 * pieces of it; it goes when nobody holds it any more. What no record holds when the sandbox starts was left by a crash.
 */
export class Blobs {
  private readonly holders = new Map<string, number>();
  /** Until the log has been read, a file without holders may get one yet. */
  private settled = false;
  private readonly folderSync: SharedSync;

  private constructor(
    private readonly folder: string,
    private readonly synced: boolean,
    private readonly log: (line: string) => void,
  ) {
    this.folderSync = new SharedSync(async () => {
      const handle = await open(folder, "r");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }

  /** @param synced whether what is written must outlive a power cut, not only a kill */
  static open(folder: string, synced: boolean, log: (line: string) => void): Blobs {
    fs.mkdirSync(folder, { recursive: true });
    return new Blobs(folder, synced, log);
  }

  hold(segments: readonly Segment[]): void {
    for (const { file } of segments) this.holders.set(file, (this.holders.get(file) ?? 0) + 1);
  }

  /** Files without holders are removed in the background. */
  release(segments: readonly Segment[]): void {
    for (const { file } of segments) {
      const left = (this.holders.get(file) ?? 0) - 1;
      if (left > 0) this.holders.set(file, left);
      else {
        this.holders.delete(file);
        if (this.settled) void this.remove(file);
      }
    }
  }

  /** Removes the files that nobody holds, once all holders are known; from then on they are removed as they are released. */
  sweep(): void {
    this.settled = true;
    for (const file of fs.readdirSync(this.folder)) if (!this.holders.has(file)) fs.rmSync(join(this.folder, file));
  }

  /**
   * Writes a body to a file of its own, which nobody holds yet.
   * @param see is given every chunk in turn, while the one before is being written
   * @returns segments of the body: none of an empty one
   */
  async write(body: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void): Promise<Segment[]> {
    const file = randomUUID();
    const handle = await open(join(this.folder, file), "wx");
    let length = 0;
    try {
      const writer = new Writer(handle, this.synced);
      for await (const chunk of body) {
        see(chunk);
        length += chunk.length;
        await writer.write(chunk);
      }
      // The file and its name are two things to the disk.
      await Promise.all([writer.finish(), this.synced && length > 0 ? this.folderSync.sync() : undefined]);
    } catch (error) {
      await handle.close();
      await this.remove(file);
      throw error;
    }
    await handle.close();
    if (length === 0) {
      await this.remove(file);
      return [];
    }
    return [{ file, start: 0, length }];
  }

  /** Removes what was written and got no holder. */
  async discard(segments: readonly Segment[]): Promise<void> {
    for (const { file } of segments) if (!this.holders.has(file)) await this.remove(file);
  }

  /** The bytes of these segments, which are held until they are read or the stream is destroyed. */
  read(segments: readonly Segment[]): Readable {
    this.hold(segments);
    const stream = Readable.from(this.chunks(segments), { objectMode: false, highWaterMark: chunkBytes });
    stream.once("close", () => this.release(segments));
    return stream;
  }

  private async *chunks(segments: readonly Segment[]): AsyncGenerator<Buffer> {
    for (const { file, start, length } of segments) {
      const handle = await open(join(this.folder, file), "r");
      try {
        for (let done = 0; done < length; ) {
          const wanted = Math.min(chunkBytes, length - done);
          const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, start + done);
          if (bytesRead === 0) throw new Error(`The file of a body is shorter than its record says: ${file}`);
          done += bytesRead;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await handle.close();
      }
    }
  }

  private async remove(file: string): Promise<void> {
    try {
      await unlink(join(this.folder, file));
    } catch (error) {
      // The next start tries again.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.log(`s3: ${(error as Error).message}`);
    }
  }
}

/** Gathers chunks to writes of a good size; one write is under way while the next is gathered. */
class Writer {
  private chunks: Uint8Array[] = [];
  private gathered = 0;
  private unsynced = 0;
  private writing: Promise<void> = Promise.resolve();
  private early: Promise<void> | undefined;

  constructor(
    private readonly handle: FileHandle,
    private readonly synced: boolean,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.chunks.push(chunk);
    this.gathered += chunk.length;
    if (this.gathered >= chunkBytes) await this.flush();
  }

  async finish(): Promise<void> {
    await this.flush();
    await this.writing;
    if (!this.synced) return;
    // A fault of the disk is told once only: the early sync may have been told of it.
    await this.early;
    await this.handle.datasync();
  }

  private async flush(): Promise<void> {
    await this.writing;
    const bytes = Buffer.concat(this.chunks);
    this.chunks = [];
    this.gathered = 0;
    this.writing = this.handle.writeFile(bytes);
    // Its failure is seen by whoever waits for it next.
    this.writing.catch(() => undefined);
    this.unsynced += bytes.length;
    if (!this.synced || this.unsynced < writeback) return;
    this.unsynced = 0;
    const { early } = this;
    this.early = this.handle.datasync().then(() => early);
    this.early.catch(() => undefined);
  }
}
