import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Assumptions, defaultAssumptions } from "../assumptions";
import type { Password } from "../dialect";
import { fromClient, fromServer, message } from "./messages";

/** What one may be recognised by: `md5…` or `sha256|digest|salt`, as kept in the catalog. */
export type Secret = string;

/** What the client is asked, and how to judge its answer. */
export interface Challenge {
  request: Buffer;
  /** Type of the message that answers it. */
  replyType: number;
  accepts(body: Buffer): boolean;
}

/** Codes of an authentication request. 13 is Redshift's own: ConnectionFactoryImpl.java of Amazon's JDBC driver. */
const md5Password = 5;
const digest = 13;
/** Algorithms of code 13: the drivers know this one. */
const sha256Algorithm = 0;
const saltBytes = 32;
const nonceBytes = 32;

/**
 * Passwords as Redshift keeps them and asks for them.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html: clear text is kept as MD5 with the user name as its
 * salt, `sha256|<clear text>` as SHA-256 with a salt of the server's own.
 */
export class Passwords {
  constructor(private readonly assumptions: Assumptions = defaultAssumptions) {}

  /** What is kept of the password in a statement; null: the user has none. */
  secretOf(user: string, password: Password): Secret | null {
    switch (password.kind) {
      case "clear":
        return md5Secret(user, password.password);
      case "clear-sha256":
        return this.sha256Secret(password.password);
      case "md5":
        return `md5${password.digest}`;
      case "sha256":
        return `sha256|${password.digest}|${password.salt}`;
      case "disabled":
        return null;
    }
  }

  /** What is kept of a password that AWS manages for the administrator. */
  secretOfAdmin(user: string, password: string): Secret {
    return this.assumptions["admin-password"] === "sha256" ? this.sha256Secret(password) : md5Secret(user, password);
  }

  /** Is `password` the one behind `secret`? */
  verifies(secret: Secret, user: string, password: string): boolean {
    const sha256 = parseSha256(secret);
    if (!sha256) return same(Buffer.from(md5Secret(user, password)), Buffer.from(secret));
    return same(sha256Of(password, this.saltOf(sha256.salt)), Buffer.from(sha256.digest, "hex"));
  }

  /**
   * MD5 is asked for where one of the secrets allows it, and where there is none: who has no password learns nothing of it.
   * The password itself is never asked for.
   */
  challenge(secrets: readonly Secret[]): Challenge {
    const [secret = ""] = secrets;
    const sha256 = secrets.every(parseSha256) ? parseSha256(secret) : undefined;
    return sha256 ? this.askForDigest(sha256) : askForMd5(secrets);
  }

  /**
   * Algorithm, length and bytes of the salt, length and bytes of a number used once. The answer has the length and bytes of
   * SHA-256(SHA-256(password, salt), server's nonce, client's nonce) and of the client's nonce.
   * ExtensibleDigest.java of Amazon's JDBC driver; redshift_connector/core.py, `auth_code == 13`.
   */
  private askForDigest(secret: { digest: string; salt: string }): Challenge {
    const salt = this.saltOf(secret.salt);
    const nonce = randomBytes(nonceBytes);
    const parts = [digest, sha256Algorithm, salt.length, salt, nonce.length, nonce];
    return {
      request: message(fromServer.authentication, ...parts),
      replyType: fromClient.digest,
      accepts(body) {
        const given = lengthPrefixed(body, 0);
        const clientNonce = given && lengthPrefixed(body, given.next);
        if (!clientNonce || clientNonce.next !== body.length) return false;
        return same(given.bytes, sha256Of(Buffer.from(secret.digest, "hex"), nonce, clientNonce.bytes));
      },
    };
  }

  private sha256Secret(password: string): Secret {
    const salt = randomBytes(saltBytes).toString("hex");
    return `sha256|${sha256Of(password, this.saltOf(salt)).toString("hex")}|${salt}`;
  }

  private saltOf(text: string): Buffer {
    return Buffer.from(text, this.assumptions["sha256-salt"] === "bytes" ? "hex" : "utf8");
  }
}

/** Of a password in clear, as PostgreSQL and Redshift keep it. */
export function md5Secret(user: string, password: string): Secret {
  return `md5${md5(password, user)}`;
}

/** https://www.postgresql.org/docs/current/protocol-flow.html, AuthenticationMD5Password. */
function askForMd5(secrets: readonly Secret[]): Challenge {
  const salt = randomBytes(4);
  const known = secrets.filter((secret) => secret.startsWith("md5"));
  return {
    request: message(fromServer.authentication, md5Password, salt),
    replyType: fromClient.password,
    accepts(body) {
      const end = body.indexOf(0);
      if (end < 0 || end !== body.length - 1) return false;
      const given = body.subarray(0, end);
      return known.some((secret) => same(given, Buffer.from(`md5${md5(secret.slice(3), salt)}`)));
    },
  };
}

function parseSha256(secret: Secret): { digest: string; salt: string } | undefined {
  const [kind, hash, salt] = secret.split("|");
  return kind === "sha256" && hash !== undefined && salt !== undefined ? { digest: hash, salt } : undefined;
}

function lengthPrefixed(body: Buffer, at: number): { bytes: Buffer; next: number } | undefined {
  if (body.length < at + 4) return undefined;
  const next = at + 4 + body.readUInt32BE(at);
  return next <= body.length ? { bytes: body.subarray(at + 4, next), next } : undefined;
}

function md5(...parts: (string | Buffer)[]): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function sha256Of(...parts: (string | Buffer)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function same(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
