import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseOutputs } from "./outputs";
import { destroyedAt } from "./stack";

let folder: string;
const before = process.env.PULUMI_BACKEND_URL;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "destroyed-"));
  process.env.PULUMI_BACKEND_URL = pathToFileURL(folder).href;
});
afterEach(() => {
  if (before === undefined) delete process.env.PULUMI_BACKEND_URL;
  else process.env.PULUMI_BACKEND_URL = before;
  fs.rmSync(folder, { recursive: true });
});

function noted(time: number, kind: string, result = "succeeded"): void {
  const history = path.join(folder, ".pulumi", "history", "redshift-fleet", "sales");
  fs.mkdirSync(history, { recursive: true });
  fs.writeFileSync(path.join(history, `sales-${time}.history.json`), JSON.stringify({ kind, result, endTime: time }));
}

test("a stack whose last update destroyed it says so, with when and how it is deployed anew", () => {
  expect(destroyedAt("sales")).toBeUndefined();
  noted(1_700_000_000, "update");
  expect(destroyedAt("sales")).toBeUndefined();
  noted(1_700_000_001, "destroy");
  expect(() => parseOutputs("sales", {}, destroyedAt("sales"))).toThrow(
    "Stack sales was destroyed at 2023-11-14T22:13:21.000Z: `pulumi up --stack sales --policy-pack policies` deploys it",
  );
  noted(1_700_000_002, "update", "failed");
  expect(() => parseOutputs("sales", {}, destroyedAt("sales"))).toThrow("Stack sales has no outputs yet");
});

test("what failed to destroy it has not destroyed it", () => {
  noted(1_700_000_001, "destroy", "failed");
  expect(destroyedAt("sales")).toBeUndefined();
});
