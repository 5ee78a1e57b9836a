import { createHash, randomBytes, randomInt } from "node:crypto";
import type { PasswordDigest } from "./model";

const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";
// Nothing that needs escaping in SQL, in a URL or in a shell.
const everything = `${lower}${upper}${digits}-_~`;
const length = 40;

/**
 * A new password: 40 characters, with the lower-case letter, upper-case letter and digit that Redshift asks for.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
export function generatePassword(): string {
  const pick = (alphabet: string) => alphabet[randomInt(alphabet.length)]!;
  const characters = [pick(lower), pick(upper), pick(digits)];
  while (characters.length < length) characters.push(pick(everything));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other]!, characters[last]!];
  }
  return characters.join("");
}

/** A password as SQL may carry it: by its digest. */
type DigestForm = (password: string, username: string) => string;

const md5: DigestForm = (password, username) =>
  `md5${createHash("md5").update(password).update(username).digest("hex")}`;

/** The salt is 256 bits, written as 64 hexadecimal digits: the form in AWS's own example of CREATE USER. */
const sha256 =
  (salted: (salt: Buffer) => Buffer | string): DigestForm =>
  (password) => {
    const salt = randomBytes(32);
    const digest = createHash("sha256").update(password).update(salted(salt)).digest("hex");
    return `sha256|${digest}|${salt.toString("hex")}`;
  };

/**
 * How a password is written as a digest of this kind; where there are several forms, the next one is for servers that
 * refuse the log-in after the one before.
 *
 * AWS documents `md5` + md5(password + user name) in full. Of `sha256|digest|salt` it does not say what is hashed: its
 * driver hashes the password followed by the salt's bytes as the server sends them (redshift_connector,
 * utils/extensible_digest.py), so the bytes come first; the salt as it is written is the other possible reading.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
export const digestForms: Readonly<Record<PasswordDigest, readonly DigestForm[]>> = {
  md5: [md5],
  sha256: [sha256((salt) => salt), sha256((salt) => salt.toString("hex"))],
};
