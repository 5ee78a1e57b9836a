import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { RedshiftServerlessClient } from "@aws-sdk/client-redshift-serverless";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";
import { AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { AwsError } from "../aws/errors";
import { randomFrom } from "../seeded-random";
import { openBody, readWhole } from "./body";
import type { Call } from "./call";
import { withoutChunks } from "./http/aws-chunked";
import { protocolOf } from "./protocols";
import { Sampler } from "./sampling";
import { describe as describeClient, type OperationSchema, type ServiceSchema } from "./schema";
import type { Values } from "./values/value";

// More by hand: ROUND_TRIPS=20 ROUND_TRIPS_SEED=1 npx jest sandbox/gateway/round-trip --selectProjects unit
const rounds = Number(process.env.ROUND_TRIPS ?? 1);
const seed = Number(process.env.ROUND_TRIPS_SEED ?? Date.now() % 1_000_000_007);
jest.setTimeout(120_000 + rounds * 60_000);

/** A service over HTTP as the gateway speaks it, without admission: what came in is kept, what goes out is given. */
class Echo {
  service!: ServiceSchema;
  output: object = {};
  refusal: AwsError | undefined;
  seen: { name: string; input: Values } | undefined;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = "/", parameters = ""] = (request.url ?? "/").split(/\?(.*)/s);
    const target = request.headers["x-amz-target"];
    const call: Call = {
      service: "sts",
      method: request.method ?? "",
      path,
      query: new URLSearchParams(parameters),
      target: typeof target === "string" ? target : undefined,
      headers: withoutChunks(request.headers),
      requestId: "1",
      body: await readWhole(openBody(request, request.headers).stream, 4_000_000),
    };
    const protocol = await protocolOf(this.service, call);
    let answered: Awaited<ReturnType<typeof protocol.write>>;
    try {
      const found = protocol.find(this.service, call);
      this.seen = { name: found.operation.name, input: protocol.read(this.service, found, call) };
      if (this.refusal) throw this.refusal;
      answered = protocol.write(this.service, found.operation, this.output, call);
    } catch (error) {
      const told = error instanceof AwsError ? error : new AwsError("Broken", String(error), 500);
      answered = protocol.error(this.service, told, "1");
    }
    response.writeHead(answered.status, answered.headers);
    if (answered.body instanceof Readable) answered.body.pipe(response);
    else response.end(answered.body);
  }
}

interface Sending {
  send(command: object, options: object): Promise<object>;
  destroy(): void;
  config: Parameters<typeof describeClient>[1];
}

/** Values without what two sides write differently: absent members, kinds of bytes, order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, found: unknown) => {
    if (typeof found === "bigint") return String(found);
    if (found instanceof Uint8Array) return Buffer.from(found).toString("base64");
    if (typeof found !== "object" || found === null || Array.isArray(found)) return found;
    // A Buffer has said by itself what it holds.
    if ("type" in found && found.type === "Buffer" && "data" in found && Array.isArray(found.data)) {
      return Buffer.from(found.data).toString("base64");
    }
    return Object.fromEntries(
      Object.entries(found)
        .filter(([name, one]) => one !== undefined && name !== "$metadata")
        .sort(([one], [two]) => (one < two ? -1 : 1)),
    );
  });
}

describe(`every operation through a real client (seed ${seed})`, () => {
  const echo = new Echo();
  let server: Server;
  const configuration = () => {
    const address = server.address();
    return {
      endpoint: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
      disableHostPrefix: true,
    };
  };
  beforeAll(async () => {
    server = createServer((request, response) => {
      void echo.answer(request, response).catch((error: Error) => response.destroy(error));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** What the client adds by itself, or leaves to others. */
  const added = /Token|Checksum|^EndpointId$|^ContentLength$|^ContentType$|^ContentMD5$/;

  /** Told from others by their host alone, which is one of S3 Express or of Object Lambda. */
  const elsewhere = new Set(["ListDirectoryBuckets", "WriteGetObjectResponse"]);

  async function once(client: Sending, sdk: object, operation: OperationSchema, sampler: Sampler, adapt: Adapt) {
    const input = operation.input ? (sampler.sample(operation.input) as Record<string, unknown>) : {};
    const output = operation.output ? (sampler.sample(operation.output) as Record<string, unknown>) : {};
    for (const [name, member] of operation.output?.structIterator() ?? []) {
      if (member.getMergedTraits().httpResponseCode) output[name] = 200;
    }
    adapt(input, output, operation.name);
    Object.assign(echo, { output, seen: undefined, refusal: undefined });
    const Command = Object.entries(sdk).find(([name]) => name === `${operation.name}Command`)?.[1];
    const got = Object.entries(await client.send(new Command(input), {}));
    if (echo.seen?.name !== operation.name) return [`was taken for ${echo.seen?.name}`];
    const seen: Record<string, unknown> = echo.seen.input;
    const faults: string[] = [];
    for (const name of Object.keys(input)) {
      const [one, two] = [canonical(input[name]), canonical(seen[name])];
      if (one !== two && !added.test(name)) faults.push(`input ${name}: ${one} became ${two}`);
    }
    faults.push(
      ...Object.keys(seen)
        .filter((name) => !(name in input) && !added.test(name))
        .map((name) => `more: ${name}`),
    );
    const answer = new Map(got);
    for (const [name, value] of Object.entries(output)) {
      let found: unknown = answer.get(name);
      if (typeof found === "object" && found !== null && "transformToByteArray" in found) {
        const { transformToByteArray: whole } = found as { transformToByteArray(): Promise<Uint8Array> };
        found = await whole();
      }
      if (canonical(found) !== canonical(value))
        faults.push(`output ${name}: ${canonical(value)} became ${canonical(found)}`);
    }
    return faults;
  }

  /** @param share every so many operations are tried in a short run, other ones each time */
  async function all(sdk: object, client: Sending, adapt: Adapt = () => undefined, share = 1): Promise<number> {
    echo.service = describeClient(sdk, client.config);
    const sampler = new Sampler(randomFrom(seed));
    const faults: Record<string, unknown> = {};
    let count = 0;
    for (const operation of echo.service.operations.values()) {
      // Event streams are not spoken.
      const isEvents = [operation.input, operation.output].some((schema) => schema?.getEventStreamMember());
      if (isEvents || elsewhere.has(operation.name)) continue;
      count += 1;
      if (rounds === 1 && (count + seed) % share !== 0) continue;
      for (let round = 0; round < rounds; round += 1) {
        const found = await once(client, sdk, operation, sampler, adapt).catch((error: Error) => [error.message]);
        if (found.length > 0) faults[operation.name] = found.map((text) => text.slice(0, 300));
      }
    }
    client.destroy();
    expect(faults).toEqual({});
    return count;
  }

  test("of EC2, in its Query", async () => {
    const sdk = await import("@aws-sdk/client-ec2");
    expect(await all(sdk, new EC2Client(configuration()), () => undefined, 12)).toBeGreaterThan(700);
  });
  test("of Elastic Load Balancing, in Query", async () => {
    const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
    await all(sdk, new ElasticLoadBalancingV2Client(configuration()));
  });
  test("of STS, in Query", async () => {
    await all(await import("@aws-sdk/client-sts"), new STSClient(configuration()));
  });
  test("of Redshift Serverless, in JSON 1.1", async () => {
    const sdk = await import("@aws-sdk/client-redshift-serverless");
    await all(sdk, new RedshiftServerlessClient(configuration()));
  });
  test("of the Data API, in JSON 1.1", async () => {
    await all(await import("@aws-sdk/client-redshift-data"), new RedshiftDataClient(configuration()));
  });
  test("of Secrets Manager, in JSON 1.1", async () => {
    await all(await import("@aws-sdk/client-secrets-manager"), new SecretsManagerClient(configuration()));
  });
  test("of KMS, in JSON 1.1", async () => {
    await all(await import("@aws-sdk/client-kms"), new KMSClient(configuration()));
  });
  test("of CloudWatch, in JSON 1.0", async () => {
    await all(await import("@aws-sdk/client-cloudwatch"), new CloudWatchClient(configuration()));
  });
  test("of CloudWatch, in CBOR", async () => {
    const client = new CloudWatchClient({ ...configuration(), protocol: AwsSmithyRpcV2CborProtocol });
    const { config } = new CloudWatchClient(configuration());
    await all(
      await import("@aws-sdk/client-cloudwatch"),
      Object.assign(client, { config: { ...client.config, protocol: config.protocol } }),
    );
  });
  test("of Lambda, in REST JSON", async () => {
    await all(await import("@aws-sdk/client-lambda"), new LambdaClient(configuration()), (input, _output, name) => {
      // Left out, the client writes an empty structure.
      if (/^(SendDurableExecutionCallbackFailure|StopDurableExecution)$/.test(name)) input.Error ??= { ErrorType: "e" };
    });
  });
  test("of S3, in REST XML", async () => {
    const checksums = {
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    } as const;
    const client = new S3Client({ ...configuration(), ...checksums, forcePathStyle: true });
    await all(await import("@aws-sdk/client-s3"), client, (input, output, name) => {
      if (input.Bucket !== undefined) input.Bucket = "my-bucket";
      if (input.Key !== undefined) input.Key = "a/b c+d.csv";
      if (input.AccountId !== undefined) input.AccountId = "1";
      // The client computes these, or insists on their being right.
      for (const key of Object.keys(input))
        if (/^ContentMD5$|^SSECustomer|^CopySourceSSE|^Checksum|^ContentLength$/.test(key)) delete input[key];
      for (const key of Object.keys(output))
        if (/^Checksum|SSEC|^Expires|^ContentLength$|^ContentEncoding$|^ContentRange$/.test(key)) delete output[key];
      if (/^(CopyObject|UploadPartCopy)$/.test(name))
        output[`${name === "CopyObject" ? "CopyObject" : "CopyPart"}Result`] ??= { ETag: "e" };
    });
  });
});

type Adapt = (input: Record<string, unknown>, output: Record<string, unknown>, name: string) => void;
