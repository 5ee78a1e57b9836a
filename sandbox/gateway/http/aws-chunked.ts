import type { IncomingHttpHeaders } from "node:http";
import { Transform, type TransformCallback } from "node:stream";
import { AwsError } from "../../aws/errors";

/** A line with a chunk's size, its signature or a trailer. */
const longestLine = 8_192;

/** Whether a body comes in signed or unsigned chunks: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
export function isChunked({
  "x-amz-content-sha256": hash,
  "content-encoding": encoding,
}: IncomingHttpHeaders): boolean {
  return (typeof hash === "string" && hash.startsWith("STREAMING-")) || /\baws-chunked\b/i.test(encoding ?? "");
}

/** The headers as if the body had come without chunks. */
export function withoutChunks(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (!isChunked(headers)) return headers;
  const { "content-encoding": encoding = "", "content-length": _framed, ...rest } = headers;
  const left = encoding.split(",").map((name) => name.trim());
  const kept = left.filter((name) => name !== "" && name.toLowerCase() !== "aws-chunked").join(",");
  const length = headers["x-amz-decoded-content-length"];
  return {
    ...rest,
    ...(kept === "" ? {} : { "content-encoding": kept }),
    ...(typeof length === "string" ? { "content-length": length } : {}),
  };
}

/**
 * Takes the chunks of a body apart: `<size in hex>[;chunk-signature=…]\r\n<data>\r\n`, at last one of size 0 with
 * trailing headers after it. Signatures are not checked, as no secret is known. Fails with `IncompleteBody` where
 * the body ends early or is not as long as `x-amz-decoded-content-length` says.
 */
export class ChunkDecoder extends Transform {
  /** Headers after the last chunk, such as `x-amz-checksum-crc32`; whole when this has ended. */
  readonly trailers = new Map<string, string>();
  private readonly expected: number | undefined;
  private state: "size" | "data" | "end-of-data" | "trailer" | "done" = "size";
  private line = Buffer.alloc(0);
  private left = 0;
  private total = 0;

  constructor(headers: IncomingHttpHeaders) {
    super();
    const length = headers["x-amz-decoded-content-length"];
    this.expected = typeof length === "string" && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let rest = chunk;
      while (rest.length > 0 && this.state !== "done")
        rest = this.state === "data" ? this.takeData(rest) : this.takeLines(rest);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // Some clients leave the empty line out that ends the trailers.
    const ended = this.state === "done" || (this.state === "trailer" && this.line.length === 0);
    const whole = ended && (this.expected === undefined || this.expected === this.total);
    done(whole ? null : incomplete());
  }

  private takeData(bytes: Buffer): Buffer {
    const part = bytes.subarray(0, this.left);
    this.push(part);
    this.total += part.length;
    this.left -= part.length;
    if (this.left === 0) this.state = "end-of-data";
    return bytes.subarray(part.length);
  }

  /** Takes one line, if it is there whole. */
  private takeLines(bytes: Buffer): Buffer {
    const end = bytes.indexOf(10);
    const part = end < 0 ? bytes : bytes.subarray(0, end);
    if (this.line.length + part.length > longestLine) throw incomplete();
    this.line = Buffer.concat([this.line, part]);
    if (end < 0) return Buffer.alloc(0);
    const line = this.line.toString("latin1").replace(/\r$/, "");
    this.line = Buffer.alloc(0);
    this.interpret(line);
    return bytes.subarray(end + 1);
  }

  private interpret(line: string): void {
    if (this.state === "end-of-data") {
      if (line !== "") throw incomplete();
      this.state = "size";
    } else if (this.state === "size") {
      const [, size] = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line) ?? [];
      if (size === undefined) throw incomplete();
      this.left = Number.parseInt(size, 16);
      this.state = this.left === 0 ? "trailer" : "data";
    } else if (line === "") {
      this.state = "done";
    } else {
      const colon = line.indexOf(":");
      if (colon < 1 || this.trailers.size >= 32) throw incomplete();
      this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }
}

function incomplete(): AwsError {
  const message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
  return new AwsError("IncompleteBody", message);
}
