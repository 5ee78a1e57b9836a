import type { Duplex } from "node:stream";
import { FrameReader, type Message, type StartupPacket } from "./frames";

/** The client went away before the conversation began. */
export class ClientGone extends Error {}

/** What a client sends before it is coupled with PostgreSQL, packet by packet. Each waits for bytes, and only for them. */
export class Incoming {
  private readonly frames = new FrameReader();

  constructor(private readonly stream: Duplex) {}

  /** @throws ClientGone, ProtocolFault */
  startupPacket(): Promise<StartupPacket> {
    return this.next(() => this.frames.startupPacket());
  }

  /** @throws ClientGone, ProtocolFault */
  message(): Promise<Message> {
    return this.next(() => this.frames.message());
  }

  /** Leaves the stream to others, with all that was not taken. @returns how many bytes these are */
  release(): number {
    const rest = this.frames.rest();
    if (rest.length > 0) this.stream.unshift(rest);
    return rest.length;
  }

  private async next<T>(take: () => T | undefined): Promise<T> {
    for (;;) {
      const found = take();
      if (found !== undefined) return found;
      this.frames.push(await this.chunk());
    }
  }

  /** All that has arrived, which is never nothing. */
  private async chunk(): Promise<Buffer> {
    for (;;) {
      // Without a number of bytes: asking for more than are there leaves them where "readable" finds them at once, for ever.
      const bytes = this.stream.read() as Buffer | null;
      if (bytes) return bytes;
      if (this.stream.readableEnded || this.stream.destroyed) throw new ClientGone("connection closed");
      await this.readable();
    }
  }

  private readable(): Promise<void> {
    const { stream } = this;
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        stream.off("readable", onReadable).off("close", onGone).off("end", onGone).off("error", onGone);
        error ? reject(error) : resolve();
      };
      const onReadable = () => settle();
      const onGone = () => settle(new ClientGone("connection closed"));
      stream.on("readable", onReadable).on("close", onGone).on("end", onGone).on("error", onGone);
    });
  }
}
