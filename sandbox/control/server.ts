import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AwsError } from "../aws/errors";
import { type FaultRequest, parseFault } from "../aws/faults";
import { discard, openBody, readWhole } from "../gateway/body";
import { foreignness } from "../gateway/loopback";
import type { Inventory, SandboxStatus } from "./status";

/** The parts of a sandbox that are steered from outside. */
export interface Controlled {
  /** Takes down (`up: false`) or brings back a workgroup by its name, or an availability zone as `zone:<name>`. */
  setUp(target: string, up: boolean): Promise<void>;
  moveEndpoint(endpointName: string): Promise<void>;
  inventory(): Promise<Inventory> | Inventory;
  readonly calls: { list(): unknown };
  readonly faults: { add(fault: FaultRequest): unknown; list(): unknown; clear(id?: number): void };
}

interface ControlDependencies {
  sandbox: Controlled;
  status(): SandboxStatus;
  stop(): void;
}

/** More than any of its requests needs. */
const largestBody = 64 * 1_024;

type Handler = (body: Record<string, unknown>) => Promise<unknown> | unknown;

/** The sandbox's own endpoint, beside AWS's: how `fleet sandbox` and tests steer it. */
export class ControlServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param port 0 for any free one. */
  static async start(dependencies: ControlDependencies, port: number): Promise<ControlServer> {
    const routes = routesOf(dependencies);
    const limits = { headersTimeout: 10_000, requestTimeout: 30_000 };
    const server = createServer(limits, (request, response) => void respond(routes, request, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const address = server.address();
    return new ControlServer(server, typeof address === "object" && address ? address.port : port);
  }

  close(): void {
    this.server.close();
    this.server.closeIdleConnections();
  }
}

function routesOf({ sandbox, status, stop }: ControlDependencies): Record<string, Handler> {
  return {
    "GET /status": status,
    "POST /stop": () => {
      setImmediate(stop);
      return { stopping: true };
    },
    "POST /kill": async ({ target }) => {
      await sandbox.setUp(String(target), false);
      return status();
    },
    "POST /revive": async ({ target }) => {
      await sandbox.setUp(String(target), true);
      return status();
    },
    "POST /move-endpoint": async ({ endpointName }) => {
      await sandbox.moveEndpoint(String(endpointName));
      return status();
    },
    "GET /inventory": () => sandbox.inventory(),
    "GET /calls": () => sandbox.calls.list(),
    "GET /faults": () => sandbox.faults.list(),
    "POST /faults": (fault) => sandbox.faults.add(parseFault(fault)),
    "DELETE /faults": ({ id }) => {
      sandbox.faults.clear(id === undefined ? undefined : Number(id));
      return sandbox.faults.list();
    },
  };
}

async function respond(
  routes: Record<string, Handler>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const send = (code: number, body: unknown) => {
    response.writeHead(code, { "content-type": "application/json", connection: "close" });
    response.end(JSON.stringify(body));
  };
  try {
    const foreign = foreignness(request);
    if (foreign !== undefined) return send(403, { message: foreign });
    const body = await readWhole(openBody(request, {}).stream, largestBody);
    const route = `${request.method} ${request.url}`;
    const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
    if (!handler) return send(404, { message: `There is no ${route}.` });
    send(200, await handler(parseObject(body.toString("utf8"))));
  } catch (error) {
    if (error instanceof AwsError && error.httpStatus === 413) {
      return send(413, { message: `A request may have ${largestBody} bytes.` });
    }
    send(400, { message: error instanceof Error ? error.message : String(error) });
  } finally {
    discard(request);
  }
}

function parseObject(text: string): Record<string, unknown> {
  const value: unknown = text === "" ? {} : JSON.parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error("A request's body is a JSON object.");
}
