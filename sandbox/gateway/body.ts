import type { IncomingMessage } from "node:http";

/** What is too large is read to its end, so that the sender reads the answer, up to this many times the limit. */
const patience = 64;

/**
 * The whole body of a request.
 * @param limit in bytes
 * @returns undefined where it is larger
 * @throws Error where the sender went away, or sends without end
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit * patience) throw new Error(`A request is larger than ${limit * patience} bytes.`);
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}
