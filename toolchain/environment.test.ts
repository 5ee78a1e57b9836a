import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { asExports } from "./environment";

test("values reach a shell as they are", () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => !text.includes("\0")),
      (value) => {
        const script = `${asExports({ SOME_NAME: value })}\nprintf %s "$SOME_NAME"`;
        expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(value);
      },
    ),
    { numRuns: 25 },
  );
});
