import { EventEmitter } from "node:events";
import { explained } from "./known-errors";
import { endWithReader, errorText, Problem, wantsJson } from "./terminal";

test.each([
  ["write ENOSPC", "The disk is full"],
  ["listen EADDRINUSE: address already in use 127.0.0.1:5439", "Another program listens"],
  ["getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com", "cannot be reached from here"],
  ["CredentialsProviderError: Could not load credentials from any providers", "aws sso login"],
])("%s comes with what helps", (message, cure) => {
  expect(explained(message)).toContain(cure);
  expect(explained(message)).toContain(message);
});

test("other errors are left as they are", () => {
  expect(explained("relation does not exist")).toBe("relation does not exist");
});

test("an error for machines is JSON with its exit code, and never a trace", () => {
  expect(JSON.parse(errorText(new Problem("no such stack", 2), true))).toEqual({
    ok: false,
    error: { message: "no such stack", exitCode: 2 },
  });
  expect(errorText(new Problem("no such stack"), false)).toBe("error: no such stack");
});

test("whoever stops reading ends the command quietly, and nothing else does", () => {
  const stream = new EventEmitter();
  const exit = jest.spyOn(process, "exit").mockImplementation(() => undefined as never);
  endWithReader(stream);
  stream.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  expect(exit).toHaveBeenCalledWith();
  expect(() => stream.emit("error", Object.assign(new Error("EIO"), { code: "EIO" }))).toThrow("EIO");
  exit.mockRestore();
});

test("`--json` after `--` is an option of another program", () => {
  expect(wantsJson(["fleet", "check", "--json"])).toBe(true);
  expect(wantsJson(["fleet", "connect", "--", "--json"])).toBe(false);
});
