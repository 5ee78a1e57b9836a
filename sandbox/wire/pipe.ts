import { Duplex } from "node:stream";

/**
 * One end of a connection inside this process, with the few methods of a socket that clients of PostgreSQL call. What is
 * written at one end is read at the other.
 */
export class PipeEnd extends Duplex {
  private other: PipeEnd | undefined;
  private resume_: (() => void) | undefined;

  static pair(): [PipeEnd, PipeEnd] {
    const [a, b] = [new PipeEnd(), new PipeEnd()];
    a.other = b;
    b.other = a;
    return [a, b];
  }

  /** There is nowhere to connect to: it is connected. */
  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.other || this.other.destroyed || this.other.push(chunk)) done();
    else this.other.resume_ = done;
  }

  override _final(done: () => void): void {
    this.other?.push(null);
    done();
  }

  override _read(): void {
    const proceed = this.resume_;
    this.resume_ = undefined;
    proceed?.();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this._read();
    const { other } = this;
    this.other = undefined;
    if (other && !other.destroyed) process.nextTick(() => other.destroy());
    done(error);
  }
}
