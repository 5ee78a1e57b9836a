import fc from "fast-check";
import { plain, read, TestObjects } from "../testing";
import { copyObject } from "./copies";
import { listObjects, listVersions } from "./lists";

// Objects against the simplest model of them: a list of texts for each key.

const B = "bucket";
type Versioning = "Enabled" | "Suspended" | undefined;
type Kept = { text: string | null; isNull: boolean };

/** Versions of each key from the newest; a delete marker has no text. */
class Model {
  readonly keys = new Map<string, Kept[]>();
  versioning: Versioning;

  push(key: string, text: string | null): void {
    const isNull = this.versioning !== "Enabled";
    const others = (this.keys.get(key) ?? []).filter((version) => !(isNull && version.isNull));
    this.keys.set(key, [{ text, isNull }, ...others]);
  }

  delete(key: string): void {
    if (this.versioning) this.push(key, null);
    else this.keys.delete(key);
  }

  deleteVersion(key: string, at: number): void {
    const versions = this.keys.get(key) ?? [];
    versions.splice(at, 1);
    if (versions.length === 0) this.keys.delete(key);
  }

  current(key: string): string | null {
    return this.keys.get(key)?.[0]?.text ?? null;
  }

  versions() {
    const sorted = [...this.keys].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return sorted.flatMap(([key, versions]) => versions.map((version) => ({ key, ...version })));
  }
}

const key = fc.constantFrom("a", "a/1", "a/2", "b", "\u{ffff}", "\u{1f600}");
const step = fc.oneof(
  fc.record({ do: fc.constant("put" as const), key, text: fc.string({ maxLength: 3 }) }),
  fc.record({ do: fc.constant("delete" as const), key }),
  fc.record({ do: fc.constant("delete version" as const), key, at: fc.nat(3) }),
  fc.record({ do: fc.constant("copy" as const), key, to: key }),
  fc.record({ do: fc.constant("versioning" as const), to: fc.constantFrom("Enabled" as const, "Suspended" as const) }),
  fc.record({ do: fc.constant("restart" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(test: TestObjects, model: Model, taken: Step): Promise<void> {
  const { objects } = test;
  if (taken.do === "put") {
    await test.put(B, taken.key, taken.text);
    model.push(taken.key, taken.text);
  } else if (taken.do === "delete") {
    await objects.delete({ bucket: B, key: taken.key });
    model.delete(taken.key);
  } else if (taken.do === "delete version") {
    const version = objects.ledger.index.keyspace(B).versions(taken.key)[taken.at];
    expect(version !== undefined).toBe(taken.at < (model.keys.get(taken.key)?.length ?? 0));
    if (!version) return;
    await objects.delete({ bucket: B, key: taken.key }, { versionId: version.versionId });
    model.deleteVersion(taken.key, taken.at);
  } else if (taken.do === "copy") {
    const [from, to] = [taken.key, taken.to].map((each) => ({ bucket: B, key: each }));
    const copied = copyObject(objects, from!, to!, { attributes: () => plain, isChange: true });
    const text = model.current(taken.key);
    if (text === null) await expect(copied).rejects.toMatchObject({ code: "NoSuchKey" });
    else await copied.then(() => model.push(taken.to, text));
  } else if (taken.do === "versioning") {
    model.versioning = taken.to;
    test.setVersioning(B, taken.to);
  } else await test.restart();
}

async function stateOf({ objects }: TestObjects) {
  const { entries } = listVersions(objects.ledger, B, { limit: 1_000 });
  return Promise.all(
    entries.map(async ({ key, value }) => ({
      key,
      text: value.marker ? null : (await read(objects.read(value))).toString(),
      isNull: value.versionId === "null",
    })),
  );
}

test("any sequence of puts, deletions, copies and restarts leaves what the model says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const test = await TestObjects.open(B);
      try {
        const model = new Model();
        for (const each of steps) await take(test, model, each);
        expect(await stateOf(test)).toEqual(model.versions());
        await test.restart();
        expect(await stateOf(test)).toEqual(model.versions());
        const listed = listObjects(test.objects.ledger, B, { limit: 1_000 }).entries.map((entry) => entry.key);
        const current = [...new Set(model.versions().map((version) => version.key))];
        expect(listed).toEqual(current.filter((each) => model.current(each) !== null));
        // No file is left of what is gone.
        const texts = model.versions().filter(({ text }) => text);
        expect(test.bodies()).toBeLessThanOrEqual(texts.length);
      } finally {
        test.close();
      }
    }),
    { numRuns: 60 },
  );
});

test("pages of any size go through every key and common prefix once, in order", async () => {
  const test = await TestObjects.open(B);
  try {
    const keys = [..."ab"].flatMap((first) => ["", "/", "/x", "/x/1", "/y", "-z"].map((rest) => `${first}${rest}`));
    for (const each of keys) await test.put(B, each, "1");
    await test.objects.delete({ bucket: B, key: "a/y" });
    const sorted = keys.filter((each) => each !== "a/y").sort();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom("", "/", "x"),
        fc.constantFrom("", "a", "a/"),
        (limit, delimiter, prefix) => {
          const rolled = sorted
            .filter((each) => each.startsWith(prefix))
            .map((each) => {
              const at = delimiter === "" ? -1 : each.indexOf(delimiter, prefix.length);
              return at < 0 ? each : each.slice(0, at + delimiter.length);
            });
          const seen: string[] = [];
          let after: { key: string } | undefined;
          do {
            const page = listObjects(test.objects.ledger, B, { prefix, delimiter, limit, after });
            expect(page.entries.length + page.prefixes.length).toBeLessThanOrEqual(limit);
            seen.push(...[...page.entries.map((entry) => entry.key), ...page.prefixes].sort());
            // As a client resumes that keeps the key only.
            after = page.next && { key: page.next.key };
          } while (after);
          expect(seen).toEqual([...new Set(rolled)]);
        },
      ),
    );
  } finally {
    test.close();
  }
});
