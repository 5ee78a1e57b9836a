import { crc32 as native } from "node:zlib";

/** Cyclic redundancy checks in reflected form, all ones before and after: CRC-32, CRC-32C and CRC-64/NVME. */
export interface Crc {
  update(chunk: Uint8Array): void;
  /** Big-endian, as S3 shows it in Base64. */
  digest(): Buffer;
}

const polynomials = { CRC32: 0xedb88320n, CRC32C: 0x82f63b78n, CRC64NVME: 0x9a6c9329ac4bc9b5n } as const;
export type CrcName = keyof typeof polynomials;

export const isCrc = (name: string): name is CrcName => Object.hasOwn(polynomials, name);

/** Bytes of the digest. */
const widthOf = (name: CrcName) => (name === "CRC64NVME" ? 8 : 4);

/** @param fast with Node's own where it has one, which 20.0 to 20.14 do not for any */
export function crcOf(name: CrcName, fast = native !== undefined): Crc {
  return name === "CRC32" && fast ? new NativeCrc32() : new TableCrc(name);
}

class NativeCrc32 implements Crc {
  private value = 0;

  update(chunk: Uint8Array): void {
    // Where zlib is given no memory it begins anew: https://www.zlib.net/manual.html (crc32)
    if (chunk.length > 0) this.value = native(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length), this.value);
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.value);
    return bytes;
  }
}

/** Eight bytes at a time by eight tables, each of which has the remainders of a byte that stands so far from the end. */
const tables = new Map<CrcName, { low: Int32Array; high: Int32Array }>();

function tablesOf(name: CrcName) {
  let known = tables.get(name);
  if (known) return known;
  const polynomial = polynomials[name];
  known = { low: new Int32Array(8 * 256), high: new Int32Array(8 * 256) };
  const { low, high } = known;
  for (let byte = 0; byte < 256; byte++) {
    let remainder = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1n ? (remainder >> 1n) ^ polynomial : remainder >> 1n;
    low[byte] = Number(BigInt.asIntN(32, remainder));
    high[byte] = Number(BigInt.asIntN(32, remainder >> 32n));
  }
  for (let index = 256; index < low.length; index++) {
    const before = low[index - 256]!;
    const next = before & 255;
    low[index] = ((before >>> 8) | (high[index - 256]! << 24)) ^ low[next]!;
    high[index] = (high[index - 256]! >>> 8) ^ high[next]!;
  }
  tables.set(name, known);
  return known;
}

class TableCrc implements Crc {
  private low = -1;
  private high: number;
  private readonly tables;

  constructor(private readonly name: CrcName) {
    this.tables = tablesOf(name);
    this.high = widthOf(name) === 8 ? -1 : 0;
  }

  update(chunk: Uint8Array): void {
    const { low, high } = this.tables;
    let [a, b] = [this.low, this.high];
    const { length } = chunk;
    let at = 0;
    for (; at + 8 <= length; at += 8) {
      a ^= chunk[at]! | (chunk[at + 1]! << 8) | (chunk[at + 2]! << 16) | (chunk[at + 3]! << 24);
      b ^= chunk[at + 4]! | (chunk[at + 5]! << 8) | (chunk[at + 6]! << 16) | (chunk[at + 7]! << 24);
      const i0 = 1792 + (a & 255);
      const i1 = 1536 + ((a >>> 8) & 255);
      const i2 = 1280 + ((a >>> 16) & 255);
      const i3 = 1024 + (a >>> 24);
      const i4 = 768 + (b & 255);
      const i5 = 512 + ((b >>> 8) & 255);
      const i6 = 256 + ((b >>> 16) & 255);
      const i7 = b >>> 24;
      a = low[i0]! ^ low[i1]! ^ low[i2]! ^ low[i3]! ^ low[i4]! ^ low[i5]! ^ low[i6]! ^ low[i7]!;
      b = high[i0]! ^ high[i1]! ^ high[i2]! ^ high[i3]! ^ high[i4]! ^ high[i5]! ^ high[i6]! ^ high[i7]!;
    }
    for (; at < length; at++) {
      const index = (a ^ chunk[at]!) & 255;
      a = ((a >>> 8) | (b << 24)) ^ low[index]!;
      b = (b >>> 8) ^ high[index]!;
    }
    [this.low, this.high] = [a, b];
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(~this.high, 0);
    bytes.writeInt32BE(~this.low, 4);
    return bytes.subarray(8 - widthOf(this.name));
  }
}

/**
 * The CRC of two pieces one behind the other: the first's remainder moved by as many bits as the second has, and the
 * second's added, in arithmetic modulo the polynomial.
 * @param length bytes of the second piece
 */
export function combineCrcs(name: CrcName, first: Buffer, second: Buffer, length: number): Buffer {
  const bytes = widthOf(name);
  const bits = BigInt(bytes * 8);
  const polynomial = polynomials[name];
  const top = 1n << (bits - 1n);
  const multiply = (left: bigint, right: bigint) => {
    let [product, factor] = [0n, right];
    for (let mask = top; mask > 0n; mask >>= 1n) {
      if (left & mask) product ^= factor;
      factor = factor & 1n ? (factor >> 1n) ^ polynomial : factor >> 1n;
    }
    return product;
  };
  // The bits are reflected: the top one is 1, the next x, and x to the eighth is eight below the top.
  let power = top >> 8n;
  let shifted = BigInt(`0x${first.toString("hex")}`);
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shifted = multiply(shifted, power);
    power = multiply(power, power);
  }
  const combined = shifted ^ BigInt(`0x${second.toString("hex")}`);
  return Buffer.from(combined.toString(16).padStart(bytes * 2, "0"), "hex");
}
