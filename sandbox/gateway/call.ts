import type { IncomingHttpHeaders } from "node:http";
import type { Admitted } from "./admission";

/** An admitted request with its body. */
export interface Call extends Admitted {
  method: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  requestId: string;
}
