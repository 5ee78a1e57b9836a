import path from "node:path";
import type { TrialReport } from "../../cli/aws-check/run";
import { deployMs, Fleet } from "./support/fleet";

// The trial of an account, on an account that is the sandbox: that it runs to its end and leaves nothing.

jest.setTimeout(2 * deployMs);

const fleet = new Fleet();
afterAll(() => fleet.close());

test("the trial deploys, asks everything, and leaves nothing", async () => {
  await fleet.startSandbox();
  const directory = path.join(fleet.directory, "trial");
  const options = ["--yes", "--json", "--directory", directory];
  const { stdout } = await fleet.fleet(["aws-check", ...options], { timeoutMs: 2 * deployMs });
  const report = JSON.parse(stdout) as TrialReport;
  expect(report.steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(report.answers.filter(({ verdict }) => verdict === "fault")).toEqual([]);
  expect(report.answers.length).toBeGreaterThan(10);
  const status = await fleet.mustFleet(["sandbox", "status", "--json"]);
  expect((JSON.parse(status.stdout) as { workgroups: unknown[] }).workgroups).toEqual([]);
});

test("it makes nothing unless somebody agrees", async () => {
  const { code, stderr } = await fleet.fleet(["aws-check"]);
  expect(code).toBe(2);
  expect(stderr).toContain("say `--yes`");
});
