import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { ValueMap } from "../values";
import { fromStruct, toStruct } from "./marshal";
import { OwnUserOnly } from "./own-user";
import type { CheckFailure, DiffKind, DiffResult, Provider, Target } from "./provider";

/** A gRPC server for one provider. */
export interface ProviderServer {
  port: number;
  close(): void;
}

/** 400 MB, the engine's own limit: large inputs must not die in the transport. */
const maxMessageBytes = 400 * 1024 * 1024;

const kinds: Readonly<Record<DiffKind, messages.PropertyDiff.Kind>> = {
  add: messages.PropertyDiff.Kind.ADD,
  "add-replace": messages.PropertyDiff.Kind.ADD_REPLACE,
  delete: messages.PropertyDiff.Kind.DELETE,
  "delete-replace": messages.PropertyDiff.Kind.DELETE_REPLACE,
  update: messages.PropertyDiff.Kind.UPDATE,
  "update-replace": messages.PropertyDiff.Kind.UPDATE_REPLACE,
};

const modes = ["propose", "enforce", "disable"] as const;

/** Serves a provider on loopback. @param port 0 for a free one. */
export async function serveProvider(provider: Provider, port = 0): Promise<ProviderServer> {
  const own = new OwnUserOnly();
  const server = new grpc.Server({
    interceptors: [own.intercept],
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(ResourceProviderService, handlers(provider));
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, actual) =>
      error ? reject(error) : resolve(actual),
    );
  });
  own.port = bound;
  return { port: bound, close: () => server.forceShutdown() };
}

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** An async function as a gRPC handler. Every failure leaves with a text: the engine shows nothing else. */
function unary<Request, Response>(
  work: (request: Request, call: CallContext) => Promise<Response>,
): Handler<Request, Response> {
  return (call, callback) => {
    const abort = new AbortController();
    call.on("cancelled", () => abort.abort(new Error("The engine has gone away.")));
    work(call.request, { session: call.getPeer(), signal: abort.signal }).then(
      (response) => callback(null, response),
      (error: unknown) => {
        const details = error instanceof Error && error.message !== "" ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, details, metadata: new grpc.Metadata() });
      },
    );
  };
}

interface CallContext {
  session: string;
  signal: AbortSignal;
}

function handlers(provider: Provider): IResourceProviderServer {
  return {
    ...unimplemented(),
    attach: unary(async () => new Empty()),
    cancel: unary(async () => new Empty()),
    getPluginInfo: unary(async () => {
      const info = new PluginInfo();
      info.setVersion(provider.version);
      return info;
    }),
    checkConfig: unary(async (request: messages.CheckRequest) =>
      checkResponse(await provider.checkConfig(fromStruct(request.getNews())), fromStruct(request.getNews()).secrets),
    ),
    diffConfig: unary(async (request: messages.DiffRequest) =>
      diffResponse(await provider.diffConfig(fromStruct(request.getOlds()), fromStruct(request.getNews()))),
    ),
    configure: unary(async (request: messages.ConfigureRequest, { session }) => {
      await provider.configure(session, fromStruct(request.getArgs()).values);
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    ...resourceHandlers(provider),
    invoke: unary(async (request: messages.InvokeRequest, { session }) => {
      const args = fromStruct(request.getArgs());
      const answer = await provider.invoke({ token: request.getTok(), args, session, preview: request.getPreview() });
      const response = new messages.InvokeResponse();
      response.setReturn(toStruct(answer.result, answer.secrets));
      response.setFailuresList(answer.failures.map(failureMessage));
      return response;
    }),
  };
}

type ResourceHandlers = Pick<IResourceProviderServer, "check" | "diff" | "create" | "read" | "update" | "delete">;

function resourceHandlers(provider: Provider): ResourceHandlers {
  return {
    check: unary(async (request: messages.CheckRequest, context) => {
      const news = fromStruct(request.getNews());
      const options = request.getAutonaming();
      const answer = await provider.check({
        ...target(request, context),
        olds: fromStruct(request.getOlds()),
        news,
        randomSeed: request.getRandomseed_asU8(),
        autonaming: options && { proposedName: options.getProposedName(), mode: modes[options.getMode()] ?? "propose" },
      });
      return checkResponse(answer, news.secrets);
    }),
    diff: unary(async (request: messages.DiffRequest, context) =>
      diffResponse(await provider.diff({ ...target(request, context), ...change(request) })),
    ),
    create: unary(async (request: messages.CreateRequest, context) => {
      const news = fromStruct(request.getProperties());
      const preview = request.getPreview();
      const answer = await provider.create({ ...target(request, context), news, preview });
      const response = new messages.CreateResponse();
      response.setId(answer.id);
      response.setProperties(toStruct(answer.state, [...news.secrets, ...(answer.secrets ?? [])]));
      return response;
    }),
    read: unary(async (request: messages.ReadRequest, context) => {
      const state = fromStruct(request.getProperties());
      const inputs = fromStruct(request.getInputs());
      const answer = await provider.read({ ...target(request, context), id: request.getId(), state, inputs });
      const response = new messages.ReadResponse();
      if (!answer) return response;
      response.setId(answer.id);
      response.setProperties(toStruct(answer.state, [...state.secrets, ...(answer.secrets ?? [])]));
      response.setInputs(toStruct(answer.inputs, inputs.secrets));
      return response;
    }),
    update: unary(async (request: messages.UpdateRequest, context) => {
      const requested = change(request);
      const preview = request.getPreview();
      const answer = await provider.update({ ...target(request, context), ...requested, preview });
      const response = new messages.UpdateResponse();
      response.setProperties(toStruct(answer.state, [...requested.news.secrets, ...(answer.secrets ?? [])]));
      return response;
    }),
    delete: unary(async (request: messages.DeleteRequest, context) => {
      const state = fromStruct(request.getProperties());
      await provider.delete({ ...target(request, context), id: request.getId(), state });
      return new Empty();
    }),
  };
}

interface TargetMessage {
  getUrn(): string;
  getType(): string;
  getName(): string;
  getTimeout?(): number;
}

function target(message: TargetMessage, context: CallContext): Target {
  const urn = message.getUrn();
  const timeout = message.getTimeout?.() ?? 0;
  return {
    urn,
    type: message.getType() || (urn.split("::")[2]?.split("$").pop() ?? ""),
    name: message.getName() || (urn.split("::").slice(3).join("::") ?? ""),
    timeoutMs: timeout > 0 ? timeout * 1000 : undefined,
    ...context,
  };
}

function change(request: messages.DiffRequest | messages.UpdateRequest) {
  return {
    id: request.getId(),
    oldState: fromStruct(request.getOlds()),
    oldInputs: fromStruct(request.getOldInputs()),
    news: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

function checkResponse(answer: { inputs: ValueMap; failures: CheckFailure[] }, secrets: Iterable<string>) {
  const response = new messages.CheckResponse();
  response.setInputs(toStruct(answer.inputs, secrets));
  response.setFailuresList(answer.failures.map(failureMessage));
  return response;
}

function failureMessage(failure: CheckFailure): messages.CheckFailure {
  const message = new messages.CheckFailure();
  message.setProperty(failure.property);
  message.setReason(failure.reason);
  return message;
}

function diffResponse(result: DiffResult): messages.DiffResponse {
  const { DiffChanges } = messages.DiffResponse;
  const response = new messages.DiffResponse();
  const details = Object.entries(result.details);
  response.setHasdetaileddiff(true);
  response.setChanges(details.length > 0 ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE);
  response.setDeletebeforereplace(result.deleteBeforeReplace ?? false);
  const top = new Set<string>();
  const replaces = new Set<string>();
  for (const [path, kind] of details) {
    const property = path.split(/[.[]/)[0]!;
    top.add(property);
    if (kind.endsWith("-replace")) replaces.add(property);
    const detail = new messages.PropertyDiff();
    detail.setKind(kinds[kind]);
    response.getDetaileddiffMap().set(path, detail);
  }
  response.setDiffsList([...top]);
  response.setReplacesList([...replaces]);
  return response;
}

/** Every method of the protocol; the index signature of gRPC's own type would hide a missing one. */
type Everything = { [Method in keyof IResourceProviderServer]: IResourceProviderServer[Method] };

/** The rest of the protocol, refused by name. */
function unimplemented(): IResourceProviderServer {
  const refuse = (name: string): grpc.UntypedHandleCall => {
    const handler: Handler<object, object> = (_call, callback) =>
      callback({ code: grpc.status.UNIMPLEMENTED, details: `${name} is not implemented by the sandbox.` });
    return handler;
  };
  const names = Object.keys(ResourceProviderService);
  return Object.fromEntries(names.map((name) => [name, refuse(name)])) as grpc.UntypedServiceImplementation &
    Everything;
}
