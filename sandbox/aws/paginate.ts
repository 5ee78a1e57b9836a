import { AwsError } from "./errors";

/** One page of a listing, and the token that asks for the next one. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

/**
 * Cuts a page out of a listing.
 * @param limit largest page; `fallback` where the client gave none.
 * @param code the service's error code for a token that it never gave out.
 */
export function paginate<T>(
  items: readonly T[],
  token: string | undefined,
  limit: number | undefined,
  { fallback = 100, code = "ValidationException" }: { fallback?: number; code?: string } = {},
): Page<T> {
  const start = token === undefined ? 0 : offsetOf(token, code);
  const end = start + Math.min(Math.max(limit ?? fallback, 1), fallback);
  const nextToken = end < items.length ? Buffer.from(`offset:${end}`).toString("base64url") : undefined;
  return { items: items.slice(start, end), nextToken };
}

function offsetOf(token: string, code: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"));
  if (!match) throw new AwsError(code, "The pagination token is not valid.");
  return Number(match[1]);
}
