import { type OutgoingHttpHeaders, request } from "node:http";
import { operation } from "../aws/operation";
import type { AwsService } from "../aws/service";
import { ApiServer } from "./server";
import type { ApiServices, ServiceName } from "./services";

const nothing: AwsService = { operations: {} };

/** An API server over services of a test; those not given have no operation. */
export function startGateway(services: Partial<ApiServices>, log: (line: string) => void = () => undefined) {
  const all: ApiServices = {
    "redshift-serverless": nothing,
    "redshift-data": nothing,
    secretsmanager: nothing,
    elasticloadbalancing: nothing,
    sts: nothing,
    ec2: nothing,
    kms: nothing,
    ...services,
  };
  return ApiServer.start({ services: all, port: 0, region: "us-east-1", log });
}

/** A service whose one operation says what it got. */
export const echo = (name: string): AwsService => ({
  operations: { [name]: operation((input: object) => input) },
});

/** The header of a well-formed signature for a service. */
export function signature(service: ServiceName | string, region = "us-east-1"): string {
  const scope = `AKIA/20261129/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
}

export interface RawRequest {
  method?: string;
  path?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

export interface RawAnswer {
  status: number;
  text: string;
}

/** One HTTP request as given: nothing is signed, checked or tried again. */
export function send(port: number, { method = "POST", path = "/", headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
      response.once("error", reject);
    });
    sent.once("timeout", () => sent.destroy(new Error("no answer within 10 s")));
    sent.once("error", reject);
    sent.end(body);
  });
}

/** A well-formed call of a service that speaks JSON. */
export function jsonCall(service: string, target: string, body: string | Buffer): RawRequest {
  return {
    headers: {
      authorization: signature(service),
      "x-amz-date": "20261129T120000Z",
      "x-amz-target": target,
      "content-type": "application/x-amz-json-1.1",
    },
    body,
  };
}

/** A well-formed call of a service that speaks Query. */
export function queryCall(service: string, body: string): RawRequest {
  return {
    headers: {
      authorization: signature(service),
      "x-amz-date": "20261129T120000Z",
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
    },
    body,
  };
}
