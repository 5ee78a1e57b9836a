import { connect } from "node:net";
import fc from "fast-check";
import { type RawRequest, send, signature } from "../../gateway/testing";
import { TestS3 } from "./testing-server";

// Requests that no client sends. What S3 answers is from its list of errors; that it answers, and goes on, is ours.

let s3: TestS3;
beforeAll(async () => {
  s3 = await TestS3.open();
  await s3.client.createBucket({ Bucket: "bucket" });
  await s3.client.putObject({ Bucket: "bucket", Key: "k", Body: "safe" });
});
afterAll(async () => {
  const found = await s3.client.getObject({ Bucket: "bucket", Key: "k" });
  expect(await found.Body!.transformToString()).toBe("safe");
  await s3.close();
});

const headers = { authorization: signature("s3"), "x-amz-date": "20261129T120000Z" };
/** `status code` */
async function answerTo(request: RawRequest): Promise<string> {
  const { status, text } = await send(s3.port, { ...request, headers: { ...headers, ...request.headers } });
  return `${status} ${/<Code>([^<]*)/.exec(text)?.[1] ?? ""}`.trim();
}

test.each<[string, RawRequest, string | RegExp]>([
  ["a path that leaves the bucket", { method: "GET", path: "/bucket/../../etc/passwd" }, "404 NoSuchKey"],
  ["the same, encoded", { method: "GET", path: "/bucket/%2e%2e%2f%2e%2e%2fetc%2fpasswd" }, "404 NoSuchKey"],
  ["a bucket that is a path", { method: "GET", path: "/..%2f..%2fetc/passwd" }, "404 NoSuchBucket"],
  ["a key with NUL", { method: "GET", path: "/bucket/a%00b" }, "404 NoSuchKey"],
  ["a path that is not UTF-8", { method: "GET", path: "/bucket/%ff%fe" }, "400 InvalidURI"],
  ["a broken escape", { method: "GET", path: "/bucket/%zz" }, "400 InvalidURI"],
  ["a key of 1025 bytes", { method: "PUT", path: `/bucket/${"k".repeat(1_025)}`, body: "1" }, "400 KeyTooLongError"],
  [
    "metadata of 3 kB",
    { method: "PUT", path: "/bucket/m", body: "1", headers: { "x-amz-meta-a": "x".repeat(3_000) } },
    "400 MetadataTooLarge",
  ],
  ["headers of 20 kB", { method: "GET", path: "/bucket/k", headers: { "x-junk": "x".repeat(20_000) } }, /^431/],
  ["a method that S3 has not", { method: "PATCH", path: "/bucket/k" }, "405 MethodNotAllowed"],
  ["no XML", { method: "POST", path: "/bucket?delete", body: "nonsense" }, "400 MalformedXML"],
  ["XML of something else", { method: "POST", path: "/bucket?delete", body: "<a><b/></a>" }, "400 MalformedXML"],
  [
    "entities",
    {
      method: "POST",
      path: "/bucket?delete",
      body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&x;</Key></Object></Delete>',
    },
    /^400 MalformedXML|^200/,
  ],
  ["a million deletions", { method: "POST", path: "/bucket?delete", body: many(1_001) }, "400 MalformedXML"],
  [
    "a range beyond numbers",
    { method: "GET", path: "/bucket/k", headers: { range: "bytes=9".padEnd(400, "9") } },
    /^200/,
  ],
  ["a page of less than nothing", { method: "GET", path: "/bucket?list-type=2&max-keys=-1" }, "400 InvalidArgument"],
  ["a page of something", { method: "GET", path: "/bucket?list-type=2&max-keys=many" }, "400 InvalidArgument"],
  ["a part that is none", { method: "PUT", path: "/bucket/k?partNumber=0&uploadId=none", body: "1" }, /^4/],
  [
    "a source that is none",
    { method: "PUT", path: "/bucket/c", headers: { "x-amz-copy-source": "%" } },
    /^400 Invalid/,
  ],
])("%s", async (_what, request, expected) => {
  const answer = await answerTo(request);
  if (typeof expected === "string") expect(answer).toBe(expected);
  else expect(answer).toMatch(expected);
});

function many(count: number): string {
  return `<Delete>${"<Object><Key>k</Key></Object>".repeat(count)}</Delete>`;
}

const chunked = {
  "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
  "content-encoding": "aws-chunked",
  "x-amz-trailer": "x-amz-checksum-crc32",
};
const putChunks = (body: string, length: number, more = {}) =>
  answerTo({
    method: "PUT",
    path: "/bucket/chunks",
    headers: { ...chunked, "x-amz-decoded-content-length": length, ...more },
    body,
  });

describe("bodies in chunks", () => {
  const whole = "4\r\nbody\r\n0\r\nx-amz-checksum-crc32:r8txug==\r\n\r\n";
  test.each([
    ["whole", whole, 4, /^(200|400 BadDigest)/],
    ["cut within a chunk", "9\r\nbody", 9, /^400 IncompleteBody/],
    ["without an end", "4\r\nbody\r\n", 4, /^400 IncompleteBody/],
    ["longer than said", whole, 3, /^400 IncompleteBody/],
    ["of a size that is none", "zz\r\nbody\r\n0\r\n\r\n", 4, /^400/],
    ["with a wrong checksum behind them", whole.replace("r8txug==", "AAAAAA=="), 4, /^400 BadDigest/],
  ])("%s", async (_what, body, length, expected) => {
    expect(await putChunks(body, length)).toMatch(expected);
  });

  test("of any cut end in an answer, and never in half an object", async () => {
    await s3.client.deleteObject({ Bucket: "bucket", Key: "chunks" });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.string({ maxLength: 5 }), async (at, junk) => {
        const answer = await putChunks(`${whole.slice(0, at)}${junk}`, 4);
        expect(answer).toMatch(/^(200|400)/);
        if (answer.startsWith("400")) return;
        const found = await s3.client.getObject({ Bucket: "bucket", Key: "chunks" });
        expect(await found.Body!.transformToString()).toHaveLength(4);
      }),
      { numRuns: 40 },
    );
  });
});

test("a client that goes away in the middle leaves nothing behind", async () => {
  await new Promise<void>((resolve) => {
    const socket = connect(s3.port, "127.0.0.1", () => {
      const head = Object.entries({ host: "127.0.0.1", ...headers, "content-length": "1000000" });
      socket.write(
        `PUT /bucket/gone HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`,
      );
      socket.write(Buffer.alloc(200_000), () => setTimeout(() => socket.destroy(), 50));
    });
    socket.once("close", () => resolve());
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await answerTo({ method: "HEAD", path: "/bucket/gone" })).toBe("404");
});

test("a client may wait to be told to go on", async () => {
  const answer = await new Promise<string>((resolve) => {
    let heard = "";
    const socket = connect(s3.port, "127.0.0.1", () => {
      const lines = Object.entries({ host: "127.0.0.1", ...headers, "content-length": "4", expect: "100-continue" });
      socket.write(
        `PUT /bucket/told HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join("\r\n")}\r\n\r\n`,
      );
    });
    socket.on("data", (chunk) => {
      heard += chunk.toString();
      if (heard.startsWith("HTTP/1.1 100") && !heard.includes("200")) socket.write("body");
      if (heard.includes("HTTP/1.1 200")) {
        socket.destroy();
        resolve(heard);
      }
    });
  });
  expect(answer).toContain("HTTP/1.1 100 Continue");
});
