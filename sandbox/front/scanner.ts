/** A whole message of a type one wanted to see, or bytes that merely pass (type 0), in the order they came. */
export interface Segment {
  type: number;
  bytes: Buffer;
}

/** Nothing honest is longer: PostgreSQL's own limit for a message. */
const longestMessage = 1 << 30;

/**
 * Cuts one direction of a connection into messages, without copying those that only pass: rows go through as slices of the
 * chunks they came in, even where a message is spread over many chunks.
 */
export class MessageScanner {
  private readonly wanted = new Uint8Array(256);
  /** Bytes of a passing message that are still to come. */
  private passing = 0;
  /** Beginning of a wanted message, or of a header, that is not all there. */
  private pieces: Buffer[] = [];
  private piecesLength = 0;
  private needed = 5;

  constructor(types: Iterable<number>) {
    for (const type of types) this.wanted[type] = 1;
  }

  /** @throws Error when the bytes cannot be the protocol. */
  scan(chunk: Buffer): Segment[] {
    const segments: Segment[] = [];
    const data = this.joined(chunk);
    if (!data) return segments;
    const length = data.length;
    let at = Math.min(this.passing, length);
    this.passing -= at;
    let passedFrom = 0;
    while (length - at >= 5) {
      const type = data[at] as number;
      const size = data.readUInt32BE(at + 1) + 1;
      if (size < 5 || size > longestMessage) throw new Error(`invalid message length ${size - 1}`);
      if (this.wanted[type] === 0) {
        if (size > length - at) {
          this.passing = size - (length - at);
          at = length;
          break;
        }
        at += size;
        continue;
      }
      if (size > length - at) {
        this.needed = size;
        break;
      }
      if (at > passedFrom) segments.push({ type: 0, bytes: data.subarray(passedFrom, at) });
      segments.push({ type, bytes: data.subarray(at, at + size) });
      at += size;
      passedFrom = at;
    }
    if (at > passedFrom) segments.push({ type: 0, bytes: data.subarray(passedFrom, at) });
    if (at < length) {
      this.pieces = [data.subarray(at)];
      this.piecesLength = length - at;
    }
    return segments;
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
