import type { Duplex } from "node:stream";
import { startupCode } from "./messages";

/** The client went away, or sent what is not the protocol, before the conversation began. */
export class HandshakeEnded extends Error {}

const longestStartupPacket = 10_000;

/** Exactly `count` bytes; what comes after them stays in the stream. @throws HandshakeEnded when it ends before. */
export async function take(stream: Duplex, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = stream.read(count) as Buffer | null;
    if (bytes?.length === count) return bytes;
    if (bytes || stream.readableEnded || stream.destroyed) throw new HandshakeEnded("connection closed");
    await readable(stream);
  }
}

function readable(stream: Duplex): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      stream.off("readable", onReadable).off("close", onClose).off("end", onClose).off("error", onClose);
      error ? reject(error) : resolve();
    };
    const onReadable = () => settle();
    const onClose = () => settle(new HandshakeEnded("connection closed"));
    stream.on("readable", onReadable).on("close", onClose).on("end", onClose).on("error", onClose);
  });
}

/** The first packet of a connection: a request for encryption, to cancel, or to begin. */
export interface StartupPacket {
  code: number;
  /** All bytes, to be passed on as they are. */
  bytes: Buffer;
  parameters: Map<string, string>;
}

export async function takeStartupPacket(stream: Duplex): Promise<StartupPacket> {
  const head = await take(stream, 4);
  const length = head.readUInt32BE(0);
  if (length < 8 || length > longestStartupPacket) throw new HandshakeEnded("invalid length of startup packet");
  const body = await take(stream, length - 4);
  const code = body.readUInt32BE(0);
  const parameters = new Map<string, string>();
  if (code >>> 16 === startupCode.protocol3 >>> 16) {
    const words = body.toString("utf8", 4).split("\0");
    for (let i = 0; i + 1 < words.length && words[i]; i += 2)
      parameters.set((words[i] as string).toLowerCase(), words[i + 1] as string);
  }
  return { code, bytes: Buffer.concat([head, body]), parameters };
}

/** A typed message of the hand-shake. */
export async function takeMessage(stream: Duplex): Promise<{ type: number; body: Buffer }> {
  const head = await take(stream, 5);
  const length = head.readUInt32BE(1);
  if (length < 4 || length > longestStartupPacket) throw new HandshakeEnded("invalid message length");
  return { type: head[0] as number, body: length === 4 ? Buffer.alloc(0) : await take(stream, length - 4) };
}
