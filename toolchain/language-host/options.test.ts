import { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { runtimeOptions, shellWords } from "./options";

function program(options: Parameters<typeof Struct.fromJavaScript>[0]): ProgramInfo {
  return new ProgramInfo().setOptions(Struct.fromJavaScript(options));
}

describe("runtime options", () => {
  test("default to TypeScript and npm", () => {
    expect(runtimeOptions(undefined)).toEqual({
      typescript: true,
      tsconfig: undefined,
      nodeArguments: [],
      packageManager: "npm",
    });
  });

  test("are read from the project", () => {
    const given = {
      typescript: false,
      nodeargs: "--max-old-space-size=4096 -r './my hook.js'",
      packagemanager: "pnpm",
    };
    expect(runtimeOptions(program(given))).toEqual({
      typescript: false,
      tsconfig: undefined,
      nodeArguments: ["--max-old-space-size=4096", "-r", "./my hook.js"],
      packageManager: "pnpm",
    });
  });

  test.each([
    [{ typescript: "no" }, 'typescript must be true or false, not "no"'],
    [{ nodeargs: 7 }, "nodeargs must be text, not 7"],
    [{ nodeargs: "-r 'x" }, "unclosed '"],
    [{ packagemanager: "cargo" }, "one of npm, pnpm, yarn, bun, not cargo"],
  ])("refuse %j", (given, message) => {
    expect(() => runtimeOptions(program(given))).toThrow(message);
  });
});

test("words survive quoting for a shell", () => {
  const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      expect(shellWords(words.map(quoted).join(" "))).toEqual(words);
    }),
  );
});
