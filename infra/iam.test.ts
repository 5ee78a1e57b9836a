import fs from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse as parseYaml } from "yaml";
import { type Recorded, Recorder } from "../components/testing/recorder";

// Walks every policy document that the whole program writes, with the configuration of each example stack.

interface Statement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  NotAction?: unknown;
  Resource?: string | string[];
  NotResource?: unknown;
  Principal?: unknown;
}
interface Document {
  where: string;
  Statement: Statement[];
}

/** A key's own policy: "*" is that key alone there, for it has no ARN before it exists. The comment is in key-policy.ts. */
const keyPolicy = "aws:kms/key:Key";

async function documentsOf(stack: string): Promise<Document[]> {
  const file = parseYaml(fs.readFileSync(path.resolve(__dirname, `../stacks/Pulumi.${stack}.yaml`), "utf8"));
  // Tests run as project "project", so that is what the configuration's own keys begin with.
  const config = Object.entries<unknown>(file.config).map(([key, value]) => [
    key.replace("redshift-fleet:", "project:"),
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const region: string = file.config["aws:region"] ?? "us-east-1";
  const recorder = Recorder.start({
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "123456789012" }),
    "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
      region,
      names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
      zoneIds: [1, 2, 3].map((number) => `test1-az${number}`),
    }),
  });
  pulumi.runtime.setAllConfig(Object.fromEntries(config));
  const { fleet } = await import("./index");
  await fleet();
  await recorder.settled();
  return recorder.resources.flatMap(documentsIn);
}

/** Every text among a resource's inputs that is a policy document, wherever it stands. */
function documentsIn({ type, name, inputs }: Recorded): Document[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    if (typeof value !== "string" || !value.includes('"Statement"')) return [];
    const { Statement } = JSON.parse(value) as { Statement: Statement[] };
    return [{ where: `${type} ${name}.${property}`, Statement }];
  });
}

const list = (value: string | string[] | undefined) => (value === undefined ? [] : [value].flat());

describe.each(["local", "dev", "staging", "prod"])("the policy documents of stack %s", (stack) => {
  const workingDirectory = process.cwd();
  let documents: Document[];
  afterAll(() => process.chdir(workingDirectory));
  beforeAll(async () => {
    // The engine starts the program in its own folder.
    process.chdir(__dirname);
    documents = await documentsOf(stack);
  });

  test("are those of the key, of the flow logs and of the producer's role", () => {
    const kinds = new Set(documents.map(({ where }) => where.split(" ")[0]));
    expect(kinds).toEqual(new Set([keyPolicy, "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"]));
  });

  test("name every action, and never a group of them", () => {
    for (const { where, Statement } of documents)
      for (const { Sid, Action, NotAction } of Statement) {
        expect({ where, Sid, Action: list(Action).filter((action) => action.includes("*")), NotAction }).toEqual({
          where,
          Sid,
          Action: [],
          NotAction: undefined,
        });
        expect(list(Action).length).toBeGreaterThan(0);
      }
  });

  test("name what they are about", () => {
    for (const { where, Statement } of documents)
      for (const { Sid, Resource, NotResource } of Statement) {
        const everything = list(Resource).filter((resource) => /^(\*|arn:([^:]*:){4}\*)$/.test(resource));
        const allowed = where.startsWith(keyPolicy) ? ["*"] : [];
        expect({ where, Sid, everything, NotResource }).toEqual({
          where,
          Sid,
          everything: allowed,
          NotResource: undefined,
        });
      }
  });

  test("trust nobody in particular nowhere", () => {
    for (const { where, Statement } of documents)
      for (const { Principal } of Statement)
        expect([where, JSON.stringify(Principal ?? null)]).toEqual([where, expect.not.stringContaining('"*"')]);
  });
});
