import { createHash, randomBytes, randomInt } from "node:crypto";

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

/** `sha256|<hex digest of password followed by salt>|<salt>`: what SQL may say of a password. */
export function passwordDigest(password: string, salt = randomBytes(16).toString("hex")): string {
  const digest = createHash("sha256").update(password).update(salt).digest("hex");
  return `sha256|${digest}|${salt}`;
}
