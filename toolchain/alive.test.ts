import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { isAlive } from "./alive";

test("this process is alive, and one beyond all numbers is not", () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(2 ** 30)).toBe(false);
});

const withProc = process.platform === "linux" ? test : test.skip;
withProc("a zombie is not", async () => {
  // The shell becomes a program that waits for nobody, while the child that it started has ended.
  const parent: ChildProcess = spawn("sh", ["-c", 'sleep 0.05 & echo "$!"; exec sleep 20'], { stdio: "pipe" });
  try {
    const [line] = (await once(parent.stdout!, "data")) as [Buffer];
    const zombie = Number(String(line));
    const deadline = Date.now() + 10_000;
    while (isAlive(zombie) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isAlive(zombie)).toBe(false);
    expect(() => process.kill(zombie, 0)).not.toThrow();
  } finally {
    parent.kill("SIGKILL");
  }
});
