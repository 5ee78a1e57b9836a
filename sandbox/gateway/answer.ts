import type { IncomingMessage } from "node:http";
import { AwsError } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import type { AwsService, CallContext } from "../aws/service";
import { type Admitted, admit, formOf } from "./admission";
import { type Body, openBody, readWhole } from "./body";
import type { Answer, Call } from "./call";
import { checkInput } from "./check-input";
import { constraintsOf } from "./constraints";
import { withoutChunks } from "./http/aws-chunked";
import { protocolOf, protocolOfForm } from "./protocols";
import type { Found, Protocol } from "./protocols/protocol";
import type { OperationSchema, ServiceSchema } from "./schema";
import { type ApiServices, type ServiceName, schemaOf, spoken } from "./services";
import { tellCall } from "./told";

/** Ten times the largest statement of the Data API. */
const usualLargestBody = 1_024 * 1_024;

/** What is known of a request when it is answered, or refused. */
export interface Progress {
  /** In the words of the log. */
  called: string;
  service?: ServiceSchema;
  protocol: Protocol;
  requestId: string;
}

/** @throws AwsError, or whatever a service throws */
export async function answer(
  services: ApiServices,
  region: string,
  request: IncomingMessage,
  signal: AbortSignal,
  progress: Progress,
): Promise<Answer> {
  progress.protocol = protocolOfForm[formOf(request.headers)];
  const call = callOf(request, admit(request, region), progress.requestId);
  progress.called = call.service;
  const service = await schemaOf(call.service);
  const protocol = await protocolOf(service, call);
  Object.assign(progress, { service, protocol });
  const body = openBody(request, request.headers);
  const limit = spoken[call.service]?.largestBody ?? usualLargestBody;
  if (!protocol.byHead) call.body = await readWhole(body.stream, limit);
  const found = protocol.find(service, call);
  progress.called = tellCall(call.service, found.operation.name);
  const handler = handlerOf(services[call.service], call.service, found.operation);
  if (protocol.byHead) await take(call, found, body, limit);
  const constraints = await constraintsOf(call.service);
  const input = protocol.read(service, found, call);
  progress.called = tellCall(call.service, found.operation.name, input);
  checkInput(service, found.operation, constraints, input);
  const { headers, query, requestId } = call;
  const context: CallContext = { headers, query, requestId, signal, trailers: body.trailers };
  return protocol.write(service, found.operation, await handler(input as JsonObject, context), call);
}

function callOf(request: IncomingMessage, admitted: Admitted, requestId: string): Call {
  const { method = "", headers } = request;
  return { ...admitted, method, headers: withoutChunks(headers), requestId, body: Buffer.alloc(0) };
}

function handlerOf(service: AwsService | undefined, name: ServiceName, { name: operation }: OperationSchema) {
  const operations = service?.operations ?? {};
  const handler = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (handler) return handler;
  throw new AwsError("NotImplemented", `The sandbox does not implement ${operation} of the service "${name}".`, 501);
}

/** A body that its operation streams stays on its way; any other is read. */
async function take(call: Call, { operation }: Found, { stream }: Body, limit: number): Promise<void> {
  const streams = [...(operation.input?.structIterator() ?? [])].some(([, member]) => member.isStreaming());
  if (streams) call.stream = stream;
  else call.body = await readWhole(stream, limit);
}
