import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AwsError } from "../aws/errors";
import { type Admitted, admit, formOf } from "./admission";
import { readBody } from "./body";
import { answerJson, errorAsJson } from "./json-protocol";
import { answerQuery, errorAsXml } from "./query-protocol";
import { type ApiServices, dialects } from "./services";
import { Polling, tellCall } from "./told";

/** Ten times the largest statement of the Data API, the largest thing that any of the services takes. */
const largestBody = 1_024 * 1_024;
/** The request line and all headers; Node answers 431 to more. */
const largestHead = 16 * 1_024;

/** What goes back, whatever the protocol. */
export interface Answer {
  status: number;
  type: string;
  body: string;
}

export interface ApiServerOptions {
  services: ApiServices;
  /** 0 for any free one. */
  port: number;
  region: string;
  log(line: string): void;
}

/**
 * The account's APIs on one address of this machine, for SDKs and the CLI with `AWS_ENDPOINT_URL`. Requests must be
 * signed, so that no web page can send them; whether the signature is right is not checked.
 */
export class ApiServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(options: ApiServerOptions): Promise<ApiServer> {
    const limits = { maxHeaderSize: largestHead, headersTimeout: 10_000, requestTimeout: 30_000 };
    const polling = new Polling();
    const server = createServer(limits, (request, response) => {
      void respond({ ...options, polling }, request, response).catch((error: Error) => {
        options.log(`API request failed: ${error.stack ?? error.message}`);
        response.destroy();
      });
    });
    server.keepAliveTimeout = 30_000;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port, "127.0.0.1", resolve);
    });
    const address = server.address();
    return new ApiServer(server, typeof address === "object" && address ? address.port : options.port);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

type Responding = ApiServerOptions & { polling: Polling };

async function respond(options: Responding, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const body = await readBody(request, largestBody);
  const { status, type, body: text } = await answerOf(options, request, body, requestId);
  response.writeHead(status, {
    "content-type": type,
    "x-amzn-requestid": requestId,
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function answerOf(
  { services, region, log, polling }: Responding,
  request: IncomingMessage,
  body: Buffer | undefined,
  requestId: string,
): Promise<Answer> {
  let admitted: Admitted | undefined;
  const startedAt = performance.now();
  let called = "refused";
  const tell = (outcome: string) => {
    if (polling.repeats(called, outcome)) return;
    log(`api: ${called}: ${outcome}, ${Math.round(performance.now() - startedAt)} ms`);
  };
  try {
    admitted = admit(request, region);
    if (body === undefined) throw new AwsError("RequestEntityTooLargeException", "Request Entity Too Large", 413);
    const call = { ...admitted, method: request.method ?? "", headers: request.headers, body, requestId };
    const dialect = dialects[admitted.service];
    called = tellCall(call, dialect);
    const { operations } = services[admitted.service];
    const answer =
      dialect.protocol === "json"
        ? await answerJson(operations, dialect, call)
        : await answerQuery(operations, dialect, call);
    tell(String(answer.status));
    return answer;
  } catch (error) {
    const told = asAwsError(error);
    tell(`${told.httpStatus} ${told.code}`);
    if (told.httpStatus === 500 && !(error instanceof AwsError)) log(`API request failed: ${(error as Error).stack}`);
    const protocol = admitted && dialects[admitted.service].protocol;
    const asJson = protocol === undefined ? formOf(request.headers) === "json" : protocol === "json";
    return asJson ? errorAsJson(told) : errorAsXml(told, protocol === "ec2" ? "ec2" : "query", requestId);
  }
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError("InternalServerException", error instanceof Error ? error.message : String(error), 500);
}
