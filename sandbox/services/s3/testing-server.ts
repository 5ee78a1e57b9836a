import { S3, type S3ClientConfig } from "@aws-sdk/client-s3";
import { startGateway } from "../../gateway/testing";
import { TestServices } from "../testing";

type Own = Parameters<typeof TestServices.open>[0];

/** The sandbox's S3 behind the API's server, with the official SDK's client of it. */
export class TestS3 {
  private constructor(
    readonly services: TestServices,
    private readonly server: Awaited<ReturnType<typeof startGateway>>,
    readonly client: S3,
  ) {}

  static async open(own: Own = {}): Promise<TestS3> {
    const services = TestServices.open(own);
    await services.resume();
    const server = await startGateway({ s3: services.api("s3"), kms: services.api("kms") });
    return new TestS3(services, server, clientOf(server.port));
  }

  get port(): number {
    return this.server.port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.server.close();
    await this.services.dispose();
  }
}

export function clientOf(port: number, more: S3ClientConfig = {}): S3 {
  const credentials = { accessKeyId: "AKIA", secretAccessKey: "secret" };
  return new S3({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    maxAttempts: 1,
    ...more,
  });
}

/** The parameters of a presigned URL, with a signature that nobody checks. */
export function presigned(more: Readonly<Record<string, string>> = {}): URLSearchParams {
  const now = `${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`;
  const date = more["X-Amz-Date"] ?? now;
  return new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `AKIA/${date.slice(0, 8)}/us-east-1/s3/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": "0".repeat(64),
    ...more,
  });
}
