import fs from "node:fs";
import path from "node:path";
import { catalogue } from "../catalogue";
import { policyFiles } from "../testing/all-tables";
import { reference } from "./reference";

const page = path.resolve(__dirname, "../../docs/policies.md");

test("docs/policies.md is up to date (else run: node policies/bin/write-reference.cjs)", () => {
  expect(fs.readFileSync(page, "utf8")).toBe(reference(catalogue));
});

describe("the catalogue", () => {
  test("covers every entry from 1 to 50", () => {
    const covered = new Set(catalogue.flatMap(({ entry }) => entry));
    expect(Array.from({ length: 50 }, (_, at) => at + 1).filter((entry) => !covered.has(entry))).toEqual([]);
  });
  test("has one policy a file, named as its file in the folder of its area", () => {
    expect(catalogue.map(({ area, name }) => `${area}/${name}`).sort()).toEqual(policyFiles().sort());
  });
  test.each(catalogue.map((policy) => [policy.name, policy] as const))(
    "%s says what, why and how to mend it",
    (_name, policy) => {
      expect(policy.description).toMatch(/^[A-Z].* (must|should) .*\.$/);
      expect(policy.why).toMatch(/^[^A-Z].*[^.]$|^(AWS|COPY|PUBLICACCESSIBLE|Redshift)/);
      expect(policy.mend).toMatch(/[^.]$/);
      expect(policy.url).toMatch(/^https:\/\/(docs\.aws\.amazon\.com|www\.pulumi\.com)\//);
    },
  );
});
