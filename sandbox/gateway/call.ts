import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Admitted } from "./admission";

/** An admitted request, its body read or still on its way. */
export interface Call extends Admitted {
  method: string;
  headers: IncomingHttpHeaders;
  requestId: string;
  /** Empty where the operation takes its body as a stream. */
  body: Buffer;
  /** The body of an operation that takes a stream, without the framing of `aws-chunked`. */
  stream?: Readable;
}

/** What goes back, whatever the protocol. */
export interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: string | Uint8Array | Readable;
}
