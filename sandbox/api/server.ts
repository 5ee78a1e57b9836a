import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AwsError } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import type { AwsService, Operation } from "../aws/service";
import { parseQueryInput } from "./query-input";
import { ec2Error, ec2Response, queryError, queryResponse } from "./xml";

/** Services by the name that a signature's scope carries. */
export interface ApiServices {
  "redshift-serverless": AwsService;
  "redshift-data": AwsService;
  secretsmanager: AwsService;
  elasticloadbalancing: AwsService;
  sts: AwsService;
  ec2: AwsService;
  kms: AwsService;
}

type ServiceName = keyof ApiServices;

/** `X-Amz-Target: <prefix>.<Operation>` of services that speak JSON. */
const TARGET_PREFIXES: Readonly<Record<string, ServiceName>> = {
  RedshiftServerless: "redshift-serverless",
  RedshiftData: "redshift-data",
  secretsmanager: "secretsmanager",
  TrentService: "kms",
};

const QUERY_NAMESPACES: Partial<Record<ServiceName, string>> = {
  elasticloadbalancing: "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
};

const QUERY_VERSIONS: Readonly<Record<string, ServiceName>> = {
  "2015-12-01": "elasticloadbalancing",
  "2011-06-15": "sts",
  "2016-11-15": "ec2",
};

const LARGEST_REQUEST_BYTES = 8 * 1_024 * 1_024;

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** The account's APIs on one address of this machine, for SDKs and the CLI with `AWS_ENDPOINT_URL`. Signatures are not verified. */
export class ApiServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port 0 for any free one. */
  static async start(services: ApiServices, port: number, log: (line: string) => void): Promise<ApiServer> {
    const server = createServer((request, response) => {
      void respond(services, request, response).catch((error: Error) => {
        log(`API request failed: ${error.stack ?? error.message}`);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
    server.keepAliveTimeout = 30_000;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const address = server.address();
    return new ApiServer(server, typeof address === "object" && address ? address.port : port);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

async function respond(services: ApiServices, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const body = await readBody(request);
  const target = header(request, "x-amz-target");
  const answer =
    target !== undefined
      ? await answerJson(services, target, body)
      : await answerQuery(services, request, body, requestId);
  response.writeHead(answer.status, {
    "content-type": answer.type,
    "x-amzn-requestid": requestId,
    "content-length": Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

async function answerJson(services: ApiServices, target: string, body: string): Promise<Answer> {
  const [prefix = "", operationName = ""] = target.split(".");
  const service = TARGET_PREFIXES[prefix];
  try {
    const handler = find(services, service, operationName, prefix);
    const output = await handler(body === "" ? {} : (JSON.parse(body) as JsonObject));
    return { status: 200, type: "application/x-amz-json-1.1", body: JSON.stringify(output) };
  } catch (error) {
    const { code, message, httpStatus } = asAwsError(error);
    return {
      status: httpStatus,
      type: "application/x-amz-json-1.1",
      body: JSON.stringify({ __type: code, message, Message: message }),
    };
  }
}

async function answerQuery(
  services: ApiServices,
  request: IncomingMessage,
  body: string,
  requestId: string,
): Promise<Answer> {
  const text = request.method === "GET" ? ((request.url ?? "").split("?")[1] ?? "") : body;
  const parameters = new URLSearchParams(text);
  const action = parameters.get("Action") ?? "";
  const version = parameters.get("Version") ?? "";
  const service = QUERY_VERSIONS[version] ?? signedService(request);
  const isEc2 = service === "ec2";
  try {
    const known = service !== undefined && service in services ? (service as ServiceName) : undefined;
    const handler = find(services, known, action, service ?? request.url ?? "");
    const output = await handler(parseQueryInput(text));
    const xml = isEc2
      ? ec2Response(action, output, requestId)
      : queryResponse(action, QUERY_NAMESPACES[service as ServiceName] ?? "", output, requestId);
    return { status: 200, type: "text/xml", body: xml };
  } catch (error) {
    const { code, message, httpStatus } = asAwsError(error);
    const xml = isEc2 ? ec2Error(code, message, requestId) : queryError(code, message, requestId);
    return { status: httpStatus, type: "text/xml", body: xml };
  }
}

function find(services: ApiServices, service: ServiceName | undefined, operation: string, named: string): Operation {
  const handler =
    service && Object.hasOwn(services[service].operations, operation)
      ? services[service].operations[operation]
      : undefined;
  if (handler) return handler;
  const what = operation === "" ? `the service "${named}"` : `${operation} of the service "${named}"`;
  throw new AwsError("NotImplemented", `The sandbox does not implement ${what}.`, 501);
}

/** The service in `Credential=<key>/<date>/<region>/<service>/aws4_request`. */
function signedService(request: IncomingMessage): string | undefined {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(header(request, "authorization") ?? "")?.[1];
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof SyntaxError)
    return new AwsError("SerializationException", `The request is not valid JSON: ${error.message}`);
  return new AwsError("InternalServerException", error instanceof Error ? error.message : String(error), 500);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST_BYTES) throw new Error("The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
