import { type Account, createAccount } from "../aws/account";
import { AwsError, isNotFound } from "../aws/errors";
import type { JsonObject } from "../aws/json";
import { catalogue } from "../services";
import { genericType } from "../services/generic/resource";
import { generic } from "../services/generic/service";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  InvokeRequest,
  Provider,
  ReadRequest,
  Target,
  UpdateRequest,
} from "./grpc/provider";
import { checkInputs } from "./resource/check";
import { type Configuration, readConfiguration, Sessions } from "./resource/configuration";
import { diffResource } from "./resource/diff";
import type { ResourceType, TypeContext } from "./resource/resource-type";
import { actualState, inputsOf, plannedState, plannedUpdate } from "./resource/state";
import { retried, settle, until } from "./resource/wait";
import { text, Unknown, type Value, type ValueMap } from "./values";

/** As long as the AWS provider waits where the program sets no timeout. */
const defaultTimeoutMs = 20 * 60_000;

export interface AwsProviderDependencies {
  account: Account;
  services: {
    /** @throws AwsError */
    call(service: string, operation: string, input: JsonObject): Promise<JsonObject>;
  };
  log?(line: string): void;
}

/** The `aws` package as far as a sandbox has it, over the account's services. */
export class AwsProvider implements Provider {
  /** The version of @pulumi/aws whose shapes these are. */
  readonly version = "7.48.0";
  private readonly sessions = new Sessions();

  constructor(private readonly dependencies: AwsProviderDependencies) {}

  async checkConfig(news: { values: ValueMap }) {
    const { region } = news.values;
    const wrong = typeof region === "string" && region !== "" && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
    const failures = wrong
      ? [{ property: "region", reason: `expected an AWS Region such as us-east-1, got "${region}"` }]
      : [];
    return { inputs: news.values, failures };
  }

  /** Another Region is another provider; anything else changes nothing that exists. */
  async diffConfig(olds: { values: ValueMap }, news: { values: ValueMap }): Promise<DiffResult> {
    const details: DiffResult["details"] = {};
    for (const key of new Set([...Object.keys(olds.values), ...Object.keys(news.values)])) {
      if (key === "version" || JSON.stringify(olds.values[key]) === JSON.stringify(news.values[key])) continue;
      details[key] = key === "region" ? "update-replace" : "update";
    }
    return { details };
  }

  async configure(session: string, args: ValueMap): Promise<void> {
    this.sessions.set(session, readConfiguration(args, this.dependencies.account.region));
  }

  async check(request: CheckRequest) {
    const type = this.type(request.type, request.news.values);
    return checkInputs(type, request, this.configuration(request.session).defaultTags);
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    return diffResource(this.type(request.type, { ...request.oldInputs.values, ...request.news.values }), request);
  }

  async create(request: CreateRequest) {
    const inputs = request.news.values;
    const type = this.type(request.type, inputs);
    const context = this.context(request.type, request, inputs);
    if (request.preview) return { id: "", state: withId(plannedState(type, inputs, context.region), Unknown.value) };
    const id = await this.told(`creating ${type.label} (${nameIn(type, inputs, request)})`, () => {
      this.requireOwnRegion(context.region);
      return type.create(inputs, context);
    });
    return { id, ...(await this.readBack(type, id, request, inputs)) };
  }

  async read(request: ReadRequest) {
    const known = request.inputs.values;
    const before = Object.keys(request.state.values).length > 0 ? request.state.values : known;
    const type = this.type(request.type, { ...before, ...known });
    const context = this.context(request.type, request, before);
    const answer = await explained(`reading ${type.label} (${request.id})`, () =>
      type.read(request.id, context, before),
    );
    if (!answer) return undefined;
    const { id = request.id, ...rest } = answer;
    const state = actualState(type, before, rest, this.settings(request, before));
    return {
      id: String(id),
      state: withId(state, String(id)),
      inputs: inputsOf(type, state, known),
      secrets: secretsOf(type, state),
    };
  }

  async update(request: UpdateRequest) {
    const news = request.news.values;
    const olds = request.oldState.values;
    const type = this.type(request.type, { ...request.oldInputs.values, ...news });
    if (request.preview) return { state: plannedUpdate(type, olds, news) };
    const { details } = diffResource(type, request);
    const changed = new Set(Object.keys(details).map((path) => path.split(/[.[]/)[0]!));
    const context = this.context(request.type, request, news);
    await this.told(`updating ${type.label} (${request.id})`, async () => {
      if (!type.update) throw new Error("it cannot be changed in place");
      await type.update(request.id, { news, olds, changed }, context);
    });
    return this.readBack(type, request.id, request, news);
  }

  async delete(request: DeleteRequest): Promise<void> {
    const state = request.state.values;
    const type = this.type(request.type, state);
    const context = this.context(request.type, request, state);
    await this.told(`deleting ${type.label} (${request.id})`, async () => {
      // Gone already is as good as deleted; so is what goes while an earlier deletion is waited for.
      try {
        if (await type.read(request.id, context, state)) await type.delete(request.id, state, context);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    });
  }

  async invoke(request: InvokeRequest) {
    const invoke = catalogue.functions.get(request.token);
    if (!invoke) throw new Error(`NotImplemented: the sandbox does not know the function ${request.token}.`);
    const args = request.args.values;
    const target = { session: request.session, signal: new AbortController().signal };
    const context = this.context(request.token, target, args);
    const configuration = this.configuration(request.session);
    const answer = await explained(`calling ${request.token}`, () => invoke.run(args, context, configuration));
    const result = { ...answer, ...(invoke.regional === false ? {} : { region: answer.region ?? context.region }) };
    return { result, failures: [], secrets: invoke.secrets };
  }

  /** A change, in the log too: with AWS's code where it was refused, whose message may hold what nobody should read there. */
  private async told<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    const { log = () => {} } = this.dependencies;
    const startedAt = performance.now();
    const tell = (outcome: string) =>
      log(`pulumi: ${what}: ${outcome}, ${Math.round(performance.now() - startedAt)} ms`);
    try {
      const result = await explained(what, work);
      tell("done");
      return result;
    } catch (error) {
      const { cause } = error as Error;
      tell(cause instanceof AwsError ? `${cause.httpStatus} ${cause.code}` : "failed");
      throw error;
    }
  }

  private type(token: string, sample: ValueMap): ResourceType {
    return catalogue.resources.get(token) ?? genericType(token, sample);
  }

  private configuration(session: string): Configuration {
    return this.sessions.get(session) ?? readConfiguration({}, this.dependencies.account.region);
  }

  private async readBack(type: ResourceType, id: string, request: Target, inputs: ValueMap) {
    const context = this.context(request.type, request, inputs);
    const answer = await explained(`reading ${type.label} (${id})`, () => type.read(id, context, inputs));
    if (!answer) throw new Error(`reading ${type.label} (${id}): it is not there`);
    const { id: _id, ...rest } = answer;
    const state = actualState(type, inputs, rest, this.settings(request, inputs));
    return { state: withId(state, id), secrets: secretsOf(type, state) };
  }

  private settings(request: Pick<Target, "session">, inputs: ValueMap) {
    const { region, defaultTags } = this.configuration(request.session);
    return { region: typeof inputs.region === "string" ? inputs.region : region, defaultTags };
  }

  private requireOwnRegion(region: string): void {
    const own = this.dependencies.account.region;
    if (region === own) return;
    throw new AwsError(
      "NotImplemented",
      `This sandbox is the Region ${own} alone; it can preview ${region}, not build in it.`,
    );
  }

  private context(
    token: string,
    request: Pick<Target, "session" | "signal" | "timeoutMs">,
    inputs: ValueMap,
  ): TypeContext {
    const { account, services } = this.dependencies;
    const { region } = this.settings(request, inputs);
    const own = catalogue.owners.get(token) ?? generic.name;
    const deadline = { at: Date.now() + (request.timeoutMs ?? defaultTimeoutMs), signal: request.signal };
    return {
      account: region === account.region ? account : createAccount(region),
      region,
      call: (operation, input, service = own) =>
        retried(deadline.signal, () => services.call(service, operation, plain(input))),
      settle: (work) => settle(deadline, work),
      until: (what, probe) => until(deadline, what, probe),
    };
  }
}

/** What goes over the wire: members that are undefined do not. */
function plain(input: ValueMap): JsonObject {
  return JSON.parse(JSON.stringify(input));
}

function secretsOf(type: ResourceType, state: ValueMap): string[] {
  return Object.entries(type.properties)
    .filter(([key, spec]) => spec.sensitive && state[key] !== undefined)
    .map(([key]) => key);
}

function nameIn(type: ResourceType, inputs: ValueMap, request: Target): string {
  const property = type.autoName?.property;
  return property !== undefined && inputs[property] !== undefined ? text(inputs, property) : request.name;
}

/** Says what was being done when AWS refused, with AWS's code and message. */
async function explained<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AwsError) {
      throw new Error(`${what}: StatusCode: ${error.httpStatus}, ${error.code}: ${error.message}`, { cause: error });
    }
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The provider's state names the id as an output too; policies match references by it. */
function withId(state: ValueMap, id: Value): ValueMap {
  return { ...state, id };
}
