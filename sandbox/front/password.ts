import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";
import { fromClient, fromServer, message } from "./messages";
import { takeMessage } from "./reading";

/** What one may be recognised by: `md5…` and `sha256|digest|salt` as kept in the catalog. */
export type Secret = string;

/** Is `password` the one behind `secret`? */
export function verifies(secret: Secret, user: string, password: string): boolean {
  const [kind, digest, salt = ""] = secret.split("|");
  if (kind === "sha256") return same(hex("sha256", password + salt), (digest ?? "").toLowerCase());
  return same(`md5${hex("md5", password + user)}`, secret);
}

/**
 * Asks the client for the password and checks it. MD5 is asked for where the secret allows it, because every driver knows it;
 * a SHA-256 digest can only be checked against the password itself.
 */
export async function passwordIsRight(stream: Duplex, user: string, secrets: Secret[]): Promise<boolean> {
  const inClear = secrets.some((secret) => secret.startsWith("sha256|"));
  const salt = randomBytes(4);
  stream.write(inClear ? message(fromServer.authentication, 3) : message(fromServer.authentication, 5, salt));
  let reply = await takeMessage(stream);
  // Some drivers send Flush along with the password.
  while (reply.type !== fromClient.password) reply = await takeMessage(stream);
  const given = reply.body.toString("utf8", 0, Math.max(0, reply.body.indexOf(0)));
  if (inClear) return secrets.some((secret) => verifies(secret, user, given));
  return secrets.some((secret) => same(given, `md5${hex("md5", Buffer.concat([Buffer.from(secret.slice(3)), salt]))}`));
}

const hex = (algorithm: string, data: string | Buffer): string => createHash(algorithm).update(data).digest("hex");

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
