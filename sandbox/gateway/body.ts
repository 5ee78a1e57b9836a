import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { PassThrough, type Readable, type Transform } from "node:stream";
import { AwsError } from "../aws/errors";
import { ChunkDecoder, isChunked } from "./http/aws-chunked";

/** Milliseconds without a byte after which a sender is given up. */
const patience = 30_000;
/** Bytes that nobody wants any more are still taken, up to this, so that their sender reads the answer. */
const wasted = 64 * 1_024 * 1_024;

export interface Body {
  /** Without the framing of `aws-chunked`. To destroy it leaves the connection as it is. */
  stream: Readable;
  trailers: ReadonlyMap<string, string>;
}

/** A request's body as a stream that ends in an error where its sender goes away, falls silent or breaks the framing. */
export function openBody(request: IncomingMessage, headers: IncomingHttpHeaders): Body {
  const decoder = isChunked(headers) ? new ChunkDecoder(headers) : undefined;
  const stream: Transform = decoder ?? new PassThrough();
  let silence: NodeJS.Timeout;
  const listen = () => {
    silence = setTimeout(() => {
      // Who does not read is waited for.
      if (stream.writableNeedDrain) listen();
      else stream.destroy(new AwsError("RequestTimeout", "Your socket connection to the server was not written to."));
    }, patience);
    silence.unref();
  };
  listen();
  request.on("data", () => silence.refresh());
  const broken = () => stream.destroy(new Error("The sender of a request went away."));
  request.once("error", broken);
  request.once("close", () => request.complete || broken());
  stream.once("close", () => clearTimeout(silence));
  // Those who still read hear of it; nobody else has to.
  stream.on("error", () => undefined);
  // Nobody reads a body that was given up before its end.
  stream.once("unpipe", () => stream.writableEnded || stream.destroy());
  request.pipe(stream);
  return { stream, trailers: decoder?.trailers ?? new Map() };
}

/**
 * The whole of a body.
 * @param limit in bytes
 * @throws AwsError where it is larger
 */
export async function readWhole(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new AwsError("RequestEntityTooLargeException", "Request Entity Too Large", 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads what is left of a request that was answered. */
export function discard(request: IncomingMessage): void {
  let size = 0;
  // A stream that is full would hold the request back for ever.
  request.unpipe();
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > wasted) request.destroy();
  });
  request.resume();
}
