import { ProtocolFault } from "./messages";

/** A whole message of a type one wanted to see, or bytes that merely pass (type 0), in the order they came. */
export interface Segment {
  type: number;
  /** Of a message that was too long: its first five bytes. */
  bytes: Buffer;
  /** Length of a message that was too long, whose bytes were dropped. */
  tooLong?: number;
}

export interface ScanLimits {
  /** Bytes that a message of this type may have, with its head; undefined: there is no such type. */
  longest(type: number): number | undefined;
  /** Wanted types of which one that is too long is told of, where others end the connection. */
  droppable: ReadonlySet<number>;
}

/** PostgreSQL's own limit for a message. */
const longestMessage = 1 << 30;
const unlimited: ScanLimits = { longest: () => longestMessage, droppable: new Set() };

/**
 * Cuts one direction of a connection into messages, without copying those that only pass: rows go through as slices of the
 * chunks they came in, even where a message is spread over many chunks. Holds no more than one message that is wanted.
 */
export class MessageScanner {
  private readonly wanted = new Uint8Array(256);
  /** Bytes of a passing message that are still to come. */
  private passing = 0;
  /** Bytes of a message that is too long which are still to come. */
  private dropping = 0;
  /** Beginning of a wanted message, or of a header, that is not all there. */
  private pieces: Buffer[] = [];
  private piecesLength = 0;
  private needed = 5;

  constructor(
    types: Iterable<number>,
    private readonly limits = unlimited,
  ) {
    for (const type of types) this.wanted[type] = 1;
  }

  /** @throws ProtocolFault when the bytes cannot be the protocol. */
  scan(chunk: Buffer): Segment[] {
    const segments: Segment[] = [];
    const data = this.joined(chunk);
    if (!data) return segments;
    const { length } = data;
    const dropped = Math.min(this.dropping, length);
    this.dropping -= dropped;
    let at = Math.min(this.passing, length - dropped) + dropped;
    this.passing -= at - dropped;
    let passedFrom = dropped;
    const pass = () => {
      if (at > passedFrom) segments.push({ type: 0, bytes: data.subarray(passedFrom, at) });
    };
    while (length - at >= 5) {
      const type = data[at] as number;
      const { size, tooLong } = this.measure(type, data.readUInt32BE(at + 1) + 1);
      const there = Math.min(size, length - at);
      if (tooLong) {
        pass();
        segments.push({ type, bytes: data.subarray(at, at + 5), tooLong: size });
        at += there;
        passedFrom = at;
        this.dropping = size - there;
      } else if (this.wanted[type] === 0) {
        at += there;
        this.passing = size - there;
      } else if (there < size) {
        this.needed = size;
        break;
      } else {
        pass();
        segments.push({ type, bytes: data.subarray(at, at + size) });
        at += size;
        passedFrom = at;
      }
    }
    pass();
    if (at < length) {
      this.pieces = [data.subarray(at)];
      this.piecesLength = length - at;
    }
    return segments;
  }

  private measure(type: number, size: number): { size: number; tooLong: boolean } {
    const longest = this.limits.longest(type);
    if (longest === undefined) throw new ProtocolFault(`invalid frontend message type ${type}`);
    const tooLong = size > longest && this.wanted[type] === 1 && this.limits.droppable.has(type);
    if (size < 5 || size > longestMessage || (size > longest && !tooLong)) {
      throw new ProtocolFault(`invalid message length ${size - 1}`);
    }
    return { size, tooLong };
  }

  private joined(chunk: Buffer): Buffer | undefined {
    if (this.pieces.length === 0) return chunk;
    this.pieces.push(chunk);
    this.piecesLength += chunk.length;
    if (this.piecesLength < this.needed) return undefined;
    const whole = Buffer.concat(this.pieces, this.piecesLength);
    this.pieces = [];
    this.piecesLength = 0;
    this.needed = 5;
    return whole;
  }
}
