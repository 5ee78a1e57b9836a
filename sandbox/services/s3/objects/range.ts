import { invalidRange } from "../errors";
import type { Segment } from "../storage/records";

/** The first and the last byte, both included. */
export interface Extent {
  start: number;
  end: number;
}

/**
 * @param header `bytes=2-4`, `bytes=2-` or `bytes=-3`. What S3 does not understand, several ranges among it, it does not
 *   heed. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @throws S3Error `InvalidRange` where there is no such byte
 */
export function parseRange(header: string | undefined, size: number): Extent | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (header === undefined || (first === "" && last === "")) return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || start > end) throw invalidRange(header, size);
  return { start, end };
}

/** The piece of a body between two bytes. */
export function cut(body: readonly Segment[], { start, end }: Extent): Segment[] {
  const pieces: Segment[] = [];
  let offset = 0;
  for (const segment of body) {
    const from = Math.max(start - offset, 0);
    const to = Math.min(end + 1 - offset, segment.length);
    if (from < to) pieces.push({ file: segment.file, start: segment.start + from, length: to - from });
    offset += segment.length;
  }
  return pieces;
}
