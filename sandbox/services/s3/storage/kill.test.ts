import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeTestProgram } from "../../../store/testing";
import { Objects } from "../objects/objects";
import { read } from "../testing";
import { Ledger } from "./ledger";

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "s3-kill-"));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Writes without an end, and says what it is about to do to a key and what has been answered for. */
const writer = `
  import { Readable } from "node:stream";
  import { Objects } from "../objects/objects";
  import { Uploads } from "../objects/uploads";
  import { Ledger } from "./ledger";
  const attributes = { headers: {}, metadata: {}, tags: {}, encryption: { algorithm: "AES256" as const } };
  const say = (...words: unknown[]) => process.stdout.write(JSON.stringify(words) + "\\n");
  (async () => {
    const ledger = Ledger.open({ dir: process.argv[2]!, log: () => undefined });
    const state = (name: string) => ({ name, encryption: { algorithm: "AES256" as const } });
    const objects = new Objects(ledger, { state }, { wants: () => false, happened: () => undefined });
    const uploads = new Uploads(objects);
    let number = Number(process.argv[3]);
    const work = async (lane: number) => {
      for (;;) {
        const mine = ++number;
        const location = { bucket: "b", key: lane + "/" + (mine % 7) };
        const body = () => Readable.from([Buffer.alloc(60_000, String(mine)), Buffer.from(":" + mine)]);
        if (mine % 5 === 0) {
          say("deleting", location.key);
          await objects.delete(location);
          say("deleted", location.key);
        } else if (mine % 5 === 1) {
          const { uploadId } = await uploads.begin(location, attributes);
          const part = await uploads.putPart({ ...location, uploadId }, 1, { body: body() });
          say("writing", location.key);
          const { etag } = await uploads.complete({ ...location, uploadId }, { parts: [part] });
          say("wrote", location.key, etag);
        } else {
          say("writing", location.key);
          const { etag } = await objects.put(location, { body: body() }, attributes);
          say("wrote", location.key, etag);
        }
      }
    };
    await Promise.all([work(1), work(2), work(3)]);
  })();`;

test("a kill at any moment loses nothing that was answered for, and leaves every object whole", async () => {
  const script = writeTestProgram(dir, writer, __dirname);
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, [script, join(dir, "s3"), String(round * 100_000)], { stdio: "pipe" });
    const said: string[][] = [];
    const enough = 20 + Math.floor(Math.random() * 150);
    createInterface(child.stdout).on("line", (line) => {
      said.push(JSON.parse(line));
      if (said.length === enough) child.kill("SIGKILL");
    });
    const [, signal] = await once(child, "close");
    expect(signal).toBe("SIGKILL");
    await expectWhole(said);
  }
});

/** @param said in the order in which it happened to each key */
async function expectWhole(said: string[][]): Promise<void> {
  const log = (line: string) => {
    throw new Error(line);
  };
  const ledger = Ledger.open({ dir: join(dir, "s3"), log });
  const state = (name: string) => ({ name, encryption: { algorithm: "AES256" as const } });
  const objects = new Objects(ledger, { state }, { wants: () => false, happened: () => undefined });
  const last = new Map(said.map((words) => [words[1]!, words]));
  for (const [key, [word, , etag]] of last) {
    const current = ledger.index.keyspace("b").current(key);
    // Of what it was about to do, both outcomes are right.
    if (word === "wrote") expect(current).toMatchObject({ etag });
    if (word === "deleted") expect(current).toBeUndefined();
  }
  let [bodies, bytes] = [0, 0];
  for (const [key, [version]] of ledger.index.keyspace("b").entries()) {
    if (!version || version.marker) throw new Error(`${key} has no object`);
    const body = await read(objects.read(version));
    expect(body.length).toBe(version.size);
    const md5 = createHash("md5").update(body).digest("hex");
    const expected = version.parts ? `${createHash("md5").update(Buffer.from(md5, "hex")).digest("hex")}-1` : md5;
    expect(version.etag).toBe(expected);
    bodies += version.body.length;
    bytes += body.length;
  }
  expect(bytes).toBeGreaterThan(0);
  // Parts of uploads under way, and nothing that no record speaks of.
  const parts = ledger.index.uploadsOf("b").map(({ uploadId }) => ledger.index.upload(uploadId)!.parts.size);
  expect(fs.readdirSync(join(dir, "s3", "bodies")).length).toBe(bodies + parts.reduce((sum, count) => sum + count, 0));
  ledger.close();
}
