import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsError } from "../aws/errors";
import { answer, type Progress } from "./answer";
import { discard } from "./body";
import type { Answer } from "./call";
import { protocolOfForm } from "./protocols";
import type { ApiServices } from "./services";
import { Polling } from "./told";

/** The request line and all headers; Node answers 431 to more. */
const largestHead = 16 * 1_024;

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
    // How long a body may take is decided where it is read: an object may be large.
    const limits = { maxHeaderSize: largestHead, headersTimeout: 10_000, requestTimeout: 0 };
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
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const requestId = randomUUID();
  const answer = await answerOf(options, request, gone.signal, requestId);
  discard(request);
  const { status, body } = answer;
  const headers = { "x-amzn-requestid": requestId, "x-amz-request-id": requestId, ...answer.headers };
  const isEmpty = request.method === "HEAD" || status === 204 || status === 304;
  if (body instanceof Readable) {
    if (isEmpty) body.destroy();
    response.writeHead(status, headers);
    if (isEmpty) response.end();
    // Who goes away while an object is sent to him is no fault of ours; what fails here cuts the answer short.
    else await pipeline(body, response).catch(() => options.log(`api: an answer ended early, request ${requestId}`));
    return;
  }
  response.writeHead(status, isEmpty ? headers : { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(isEmpty ? undefined : body);
}

async function answerOf(
  { services, region, log, polling }: Responding,
  request: IncomingMessage,
  signal: AbortSignal,
  requestId: string,
): Promise<Answer> {
  const startedAt = performance.now();
  const progress: Progress = { called: "refused", protocol: protocolOfForm.xml, requestId };
  const tell = (outcome: string) => {
    if (polling.repeats(progress.called, outcome)) return;
    log(`api: ${progress.called}: ${outcome}, ${Math.round(performance.now() - startedAt)} ms`);
  };
  try {
    const answered = await answer(services, region, request, signal, progress);
    tell(String(answered.status));
    return answered;
  } catch (error) {
    const told = asAwsError(error);
    tell(`${told.httpStatus} ${told.code}`);
    if (told.httpStatus === 500 && !(error instanceof AwsError)) log(`API request failed: ${(error as Error).stack}`);
    return progress.protocol.error(progress.service, told, requestId);
  }
}

function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError("InternalServerException", error instanceof Error ? error.message : String(error), 500);
}
