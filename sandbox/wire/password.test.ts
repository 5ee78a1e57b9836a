import { createHash } from "node:crypto";
import { defaultAssumptions } from "../assumptions";
import { fromClient, message } from "./messages";
import { Passwords } from "./password";

const user = "u";
const password = "Secret12";
const saltText = "c7".repeat(32);

const hash = (algorithm: string, ...parts: (string | Buffer)[]) =>
  parts.reduce((sum, part) => sum.update(part), createHash(algorithm)).digest();
const sha256Secret = (salt: string | Buffer) => `sha256|${hash("sha256", password, salt).toString("hex")}|${saltText}`;
const inBytes = sha256Secret(Buffer.from(saltText, "hex"));
const inText = sha256Secret(saltText);

/** What Amazon's drivers answer: ExtensibleDigest.java, redshift_connector/utils/extensible_digest.py. */
function driverAnswer(request: Buffer, given: string, clientNonce = Buffer.from("1764420000000")): Buffer {
  expect([request[0], request.readInt32BE(1), request.readInt32BE(5), request.readInt32BE(9)]).toEqual([
    ...["R".charCodeAt(0), request.length - 1],
    ...[13, 0],
  ]);
  const saltLength = request.readInt32BE(13);
  const salt = request.subarray(17, 17 + saltLength);
  const serverNonce = request.subarray(21 + saltLength, 21 + saltLength + request.readInt32BE(17 + saltLength));
  const digest = hash("sha256", hash("sha256", given, salt), serverNonce, clientNonce);
  return message(fromClient.digest, digest.length, digest, clientNonce.length, clientNonce).subarray(5);
}

const md5Answer = (request: Buffer, given: string) =>
  Buffer.from(
    `md5${hash("md5", hash("md5", given, user).toString("hex"), request.subarray(9)).toString("hex")}\0`,
    "latin1",
  );

describe("a SHA-256 secret", () => {
  test.each([
    ["bytes", inBytes, inText],
    ["text", inText, inBytes],
  ] as const)("is asked for by code 13, its salt read as %s", (reading, right, wrong) => {
    const passwords = new Passwords({ ...defaultAssumptions, "sha256-salt": reading });
    const challenge = passwords.challenge([right]);
    expect(challenge.replyType).toBe("d".charCodeAt(0));
    expect(challenge.accepts(driverAnswer(challenge.request, password))).toBe(true);
    expect(challenge.accepts(driverAnswer(challenge.request, "Secret13"))).toBe(false);
    const other = passwords.challenge([wrong]);
    expect(other.accepts(driverAnswer(other.request, password))).toBe(false);
    expect([passwords.verifies(right, user, password), passwords.verifies(wrong, user, password)]).toEqual([
      true,
      false,
    ]);
  });

  test.each(["bytes", "text"] as const)("is made from 'sha256|<password>', salt as %s", (reading) => {
    const passwords = new Passwords({ ...defaultAssumptions, "sha256-salt": reading });
    const secret = passwords.secretOf(user, { kind: "clear-sha256", password })!;
    expect(secret).toMatch(/^sha256\|[0-9a-f]{64}\|[0-9a-f]{64}$/);
    const { request, accepts } = passwords.challenge([secret]);
    expect(accepts(driverAnswer(request, password))).toBe(true);
  });

  test("is not opened by an answer to another challenge, by pieces, or by nothing", () => {
    const passwords = new Passwords();
    const [first, second] = [passwords.challenge([inBytes]), passwords.challenge([inBytes])];
    const answer = driverAnswer(first.request, password);
    expect(second.accepts(answer)).toBe(false);
    for (let length = 0; length < answer.length; length++) {
      expect(first.accepts(answer.subarray(0, length))).toBe(false);
    }
    expect(first.accepts(Buffer.concat([answer, Buffer.alloc(1)]))).toBe(false);
    expect(first.accepts(Buffer.alloc(400, 0xff))).toBe(false);
  });
});

describe("an MD5 secret", () => {
  const passwords = new Passwords();
  const secret = passwords.secretOf(user, { kind: "clear", password })!;

  test("is what a password in clear becomes, and is asked for by code 5", () => {
    expect(secret).toBe(`md5${hash("md5", password, user).toString("hex")}`);
    const { request, replyType, accepts } = passwords.challenge([secret]);
    expect([request.length, request.readInt32BE(5), replyType]).toEqual([13, 5, "p".charCodeAt(0)]);
    expect(accepts(md5Answer(request, password))).toBe(true);
    expect(accepts(md5Answer(request, "Secret13"))).toBe(false);
  });

  test("is asked for where a user has temporary credentials beside a SHA-256 password", () => {
    const { request, accepts } = passwords.challenge([inBytes, secret]);
    expect(accepts(md5Answer(request, password))).toBe(true);
  });

  test("is pretended for who has none: no answer is right", () => {
    const { request, accepts } = passwords.challenge([]);
    expect(request.readInt32BE(5)).toBe(5);
    expect([accepts(md5Answer(request, "")), accepts(Buffer.from("\0")), accepts(Buffer.alloc(0))]).toEqual([
      ...[false, false, false],
    ]);
  });
});

test("the administrator's managed password is kept in the form that is assumed", () => {
  const kept = (form: "md5" | "sha256") =>
    new Passwords({ ...defaultAssumptions, "admin-password": form }).secretOfAdmin(user, password);
  expect(kept("md5")).toMatch(/^md5[0-9a-f]{32}$/);
  expect(kept("sha256")).toMatch(/^sha256\|/);
});
