import { spawnSync } from "node:child_process";
import path from "node:path";

/** What an error's stack is when the SDK's own listener gets it. */
function stackOf(event: string): { stacks: string[]; other: unknown } {
  const script = `
    const thrown = (message, frames, cause) =>
      Object.assign(new Error(message, { cause }), { stack: ["Error: " + message, ...frames].join("\\n    at ") });
    process.on("${event}", (error) => seen.push(error));
    const seen = [];
    require("./error-stacks.cjs");
    const cause = thrown("below", ["C:\\\\srv\\\\node_modules\\\\@pulumi\\\\output.ts:7:1"]);
    const error = thrown("above", [
      "fleet (/srv/infra/index.ts:21:17)",
      "Object.run (/srv/node_modules/@pulumi/cmd/run/run.ts:579:20)",
      "Stack.initialize (/srv/node_modules/@pulumi/resource.ts:1598:22)",
    ], cause);
    process.emit("${event}", error);
    process.emit("${event}", "text");
    console.log(JSON.stringify({ stacks: [seen[0].stack, seen[0].cause.stack], other: seen[1] }));`;
  const { stdout } = spawnSync(process.execPath, ["-e", script], { cwd: path.resolve(__dirname), encoding: "utf8" });
  return JSON.parse(stdout);
}

test.each(["uncaughtException", "unhandledRejection"])(
  "%s: frames of the SDK have their folder, of causes too; whatever else is thrown stays what it is",
  (event) => {
    const { stacks, other } = stackOf(event);
    const frames = stacks.flatMap((stack) => stack.match(/(?<=^ +at ).*/gm) ?? []);
    expect(frames).toEqual([
      "fleet (/srv/infra/index.ts:21:17)",
      "Object.run (/srv/node_modules/@pulumi/cmd/run/run.ts:579:20)",
      "Stack.initialize (/srv/node_modules/@pulumi/pulumi/resource.ts:1598:22)",
      "C:\\srv\\node_modules\\@pulumi\\pulumi\\output.ts:7:1",
    ]);
    expect(other).toBe("text");
  },
);
