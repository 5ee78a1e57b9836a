import fs from "node:fs";
import { resolve } from "node:path";
import { TestServices } from "../services/testing";
import { type Coverage, coverageOf, coverageTable } from "./coverage";
import { type ApiServices, spoken } from "./services";

const page = resolve(__dirname, "../../docs/sandbox.md");
const [begin, end] = ["<!-- operations, written by sandbox/gateway/coverage.test.ts -->", "<!-- end of operations -->"];

describe("operations", () => {
  let coverage: Coverage[];
  beforeAll(async () => {
    const account = TestServices.open();
    const services = Object.keys(spoken).map((name) => [name, account.api(name)]);
    coverage = await coverageOf(Object.fromEntries(services) as ApiServices);
    await account.close();
  });

  test("are AWS's own, by their names", () => {
    expect(coverage.flatMap(({ service, unknown }) => unknown.map((name) => `${service} ${name}`))).toEqual([]);
    expect(coverage.find(({ service }) => service === "redshift-serverless")?.implemented).toContain("CreateWorkgroup");
  });

  test("are listed by docs/sandbox.md; WRITE_DOCS=1 writes the list", () => {
    const [before = "", rest = ""] = fs.readFileSync(page, "utf8").split(begin);
    const [listed, after = ""] = rest.split(end);
    const table = `\n\n${coverageTable(coverage)}\n\n`;
    if (process.env.WRITE_DOCS === "1") fs.writeFileSync(page, before + begin + table + end + after);
    else expect(listed).toBe(table);
  });
});
