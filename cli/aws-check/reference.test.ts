import fs from "node:fs";
import path from "node:path";
import { questionTable } from "./reference";

test("docs/aws.md has every question as it is asked", () => {
  const page = fs.readFileSync(path.resolve(__dirname, "../../docs/aws.md"), "utf8");
  expect(page).toContain(questionTable());
});
