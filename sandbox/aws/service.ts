import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "./json";

/** What an operation may ask about the request that called it. Providers of Pulumi call without one. */
export interface CallContext {
  requestId: string;
  /** Keys are in lower case. */
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  /** Headers that came after a body in chunks, such as `x-amz-checksum-crc32`: whole when the body has been read. */
  trailers: ReadonlyMap<string, string>;
  /** Fires when whoever called has gone away. */
  signal: AbortSignal;
}

/**
 * One API operation: AWS's request shape in, AWS's response shape out; refuses with `AwsError`. From HTTP also come,
 * as the SDK has them, `Date` for times, `Uint8Array` for blobs and `Readable` for streamed bodies; handlers are
 * typed by `Handlers` of `./handlers.ts`.
 */
export type Operation = (input: JsonObject, call?: CallContext) => Promise<JsonObject> | JsonObject;

/** Keyed by AWS's operation name, such as `CreateWorkgroup`. */
export type Operations = Readonly<Record<string, Operation>>;

/** A service as its clients see it, whether they come over HTTP or from a Pulumi provider. */
export interface AwsService {
  readonly operations: Operations;
}
