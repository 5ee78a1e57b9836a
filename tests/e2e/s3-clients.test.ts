import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Program, s3Program } from "./clients/programs";
import { deployMs } from "./support/fleet";
import { isInstalled, succeed } from "./support/processes";
import { sharedFleet } from "./support/shared-fleet";

// Clients of S3 in other languages against the sandbox's endpoint, unchanged but for its address. One that is not on
// this machine is skipped, and its test says why. The JavaScript SDK is tried in sandbox/services/s3/sdk.test.ts.

let env: NodeJS.ProcessEnv;
let folder: string;

jest.setTimeout(deployMs);
beforeAll(async () => {
  const { fleet } = await sharedFleet();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "s3-clients-"));
  const credentials = { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret" };
  env = {
    ...process.env,
    ...fleet.environment,
    ...credentials,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
  };
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The AWS CLI, as the tests' own or as a package of Python's brings it. */
const aws = async (...args: string[]) => (await succeed("aws", args, { env, cwd: folder })).stdout.trim();

if (!isInstalled("aws")) test.skip("AWS CLI: not tried, aws is not installed", () => undefined);
else
  test("AWS CLI", async () => {
    fs.writeFileSync(path.join(folder, "a b.txt"), "text");
    fs.writeFileSync(path.join(folder, "big"), Buffer.alloc(9 << 20, "x"));
    await aws("s3", "mb", "s3://cli-files");
    await aws("s3", "cp", ".", "s3://cli-files/in/", "--recursive", "--quiet");
    expect(await aws("s3", "ls", "s3://cli-files/in/")).toMatch(/ 4 a b\.txt\n.* 9437184 big$/);
    await aws("s3", "mv", "s3://cli-files/in/a b.txt", "s3://cli-files/out/a+b.txt", "--quiet");
    expect(await aws("s3", "cp", "s3://cli-files/out/a+b.txt", "-")).toBe("text");
    await aws("s3", "sync", "s3://cli-files", "copy", "--quiet");
    expect(fs.readFileSync(path.join(folder, "copy", "in", "big")).length).toBe(9 << 20);
    const taken = ["--bucket", "cli-files", "--key", "in/big", "--body", "big", "--if-none-match", "*"];
    await expect(aws("s3api", "put-object", ...taken)).rejects.toThrow("PreconditionFailed");
    await aws("s3", "rb", "s3://cli-files", "--force");
    expect(await aws("s3", "ls")).not.toContain("cli-files");
  });

const expected: Record<string, object> = {
  boto3: {
    keys: ["in/o d+d & ü.txt", "in/plain.txt"],
    text: "text",
    presigned: "text",
    big: true,
    parts: "2",
    taken: "PreconditionFailed",
    none: "NoSuchKey",
    deleted: 2,
  },
  s3fs: {
    keys: ["fs/big", "fs/copy.txt", "fs/plain.txt"],
    text: "text",
    tail: true,
    size: true,
    none: false,
    left: [],
  },
  awswrangler: { rows: [1, 2, 3], partitions: ["day=a", "day=b"], csv: 6, left: [] },
};

for (const [client, findings] of Object.entries(expected)) {
  const program: Program = s3Program(client);
  if ("missing" in program) test.skip(`${client}: not tried, ${program.missing}`, () => undefined);
  else
    test(client, async () => {
      const { stdout } = await succeed(program.command, program.args, { env: { ...env, S3_BUCKET: `by-${client}` } });
      expect(JSON.parse(stdout)).toEqual(findings);
    });
}
