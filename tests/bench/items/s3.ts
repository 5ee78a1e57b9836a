import fs from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { start as startSandbox, stop } from "@redshift-fleet/sandbox";
import { type Figure, median, type Settings } from "../figures";
import { sandboxFolder } from "../workbench";

const megabytes = 64;
const bytes = megabytes * 2 ** 20;

/** What the sandbox's S3 takes in and gives out: one object of 64 MB, over HTTP, on the disk. */
export async function s3({ quick, progress }: Settings): Promise<Figure[]> {
  const folder = sandboxFolder();
  const dir = path.join(folder, "sandbox");
  const samples: Record<"PUT" | "GET", number[]> = { PUT: [], GET: [] };
  const rounds = quick ? 3 : 9;
  try {
    const { ports, region } = await startSandbox({ dir, profile: "instant" });
    const send = sender(ports.api, region);
    await send("PUT", "/bench", Buffer.alloc(0));
    const body = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; at += 4) body.writeUInt32LE(Math.imul(at, 0x9e3779b1) >>> 0, at);
    for (let round = 1; round <= rounds; round++) {
      progress(`round ${round} of ${rounds}`);
      samples.PUT.push(megabytes / (await send("PUT", "/bench/object", body)));
      samples.GET.push(megabytes / (await send("GET", "/bench/object")));
    }
  } finally {
    await stop({ dir, purge: true });
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return (["PUT", "GET"] as const).map((method) => ({
    item: "s3",
    what: `S3 ${method} of ${megabytes} MB`,
    value: median(samples[method]),
    unit: "MB/s",
    limit: { atLeast: 200 },
    samples: { [method]: samples[method] },
  }));
}

/** Presigned requests by plain HTTP, as no client is slower than itself. @returns of each how many seconds it took */
function sender(port: number, region: string) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `AKIA/${date.slice(0, 8)}/${region}/s3/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": "3600",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0".repeat(64),
  });
  return async (method: string, to: string, body?: Buffer): Promise<number> => {
    const startedAt = performance.now();
    await new Promise<void>((resolve, reject) => {
      const headers = body ? { "content-length": body.length, "x-amz-sdk-checksum-algorithm": "CRC32" } : {};
      const sent = request({ host: "127.0.0.1", port, method, path: `${to}?${query}`, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${method} ${to} was answered ${response.statusCode}`));
        pipeline(response, async (chunks) => {
          for await (const _ of chunks);
        }).then(resolve, reject);
      });
      sent.once("error", reject);
      sent.end(body);
    });
    return (performance.now() - startedAt) / 1_000;
  };
}
