import { ProtocolFault, startupCode } from "./messages";

/** The first packet of a connection: a request for encryption, to cancel, or to begin. */
export interface StartupPacket {
  code: number;
  /** All bytes, to be passed on as they are. */
  bytes: Buffer;
  /** Names in lower case. */
  parameters: Map<string, string>;
}

export interface Message {
  type: number;
  body: Buffer;
}

/** MAX_STARTUP_PACKET_LENGTH of PostgreSQL's libpq/pqcomm.h: what follows the length. */
export const longestStartupPacket = 10_000;
const nothing = Buffer.alloc(0);

/**
 * Cuts what arrives during a hand-shake into packets, however the network cut it. Holds at most one packet that is not
 * whole and the chunk that came last: a length is judged as soon as it is there.
 */
export class FrameReader {
  private bytes: Buffer = nothing;

  push(chunk: Buffer): void {
    this.bytes = this.bytes.length === 0 ? chunk : Buffer.concat([this.bytes, chunk]);
  }

  /** What came after the packets that were taken; the reader is empty then. */
  rest(): Buffer {
    const rest = this.bytes;
    this.bytes = nothing;
    return rest;
  }

  /** Undefined while it is not whole. @throws ProtocolFault */
  startupPacket(): StartupPacket | undefined {
    if (this.bytes.length < 4) return undefined;
    const length = this.bytes.readUInt32BE(0);
    if (length < 8 || length - 4 > longestStartupPacket) throw new ProtocolFault("invalid length of startup packet");
    const bytes = this.take(length);
    if (!bytes) return undefined;
    const code = bytes.readUInt32BE(4);
    const begins = code >>> 16 === startupCode.protocol3 >>> 16;
    return { code, bytes, parameters: begins ? parametersOf(bytes) : new Map() };
  }

  /** A typed message; undefined while it is not whole. @throws ProtocolFault */
  message(): Message | undefined {
    if (this.bytes.length < 5) return undefined;
    const length = this.bytes.readUInt32BE(1);
    if (length < 4 || length > longestStartupPacket) throw new ProtocolFault("invalid message length");
    const bytes = this.take(length + 1);
    return bytes && { type: bytes[0] as number, body: bytes.subarray(5) };
  }

  private take(length: number): Buffer | undefined {
    if (this.bytes.length < length) return undefined;
    const taken = this.bytes.subarray(0, length);
    this.bytes = this.bytes.subarray(length);
    return taken;
  }
}

/** Names and values, each closed with a zero byte, and one more at the end. */
function parametersOf(bytes: Buffer): Map<string, string> {
  if (bytes.at(-1) !== 0) throw new ProtocolFault("invalid startup packet layout: expected terminator as last byte");
  const words = bytes.toString("utf8", 8, bytes.length - 1).split("\0");
  const parameters = new Map<string, string>();
  for (let at = 0; at + 1 < words.length && words[at]; at += 2) {
    parameters.set((words[at] as string).toLowerCase(), words[at + 1] as string);
  }
  return parameters;
}
