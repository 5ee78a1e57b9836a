import { randomBytes } from "node:crypto";
import type {
  CheckFailure,
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
} from "../grpc/provider";
import { defined, isEmpty, optionalText, textMap, texts, Unknown, type ValueMap } from "../values";
import { type Outcome, run } from "./run";

const token = "command:local:Command";
const runToken = "command:local:run";
const notSupported = ["assetPaths", "archivePaths"];

/** The `command` package's local command: it really runs, on this machine, with the sandbox's environment. */
export class CommandProvider implements Provider {
  /** The version of @pulumi/command whose shapes these are. */
  readonly version = "1.2.1";

  /** @param environment put over the process's own, such as `AWS_ENDPOINT_URL`, so that commands meet the sandbox. */
  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  async checkConfig(news: { values: ValueMap }) {
    return { inputs: news.values, failures: [] };
  }

  async diffConfig(): Promise<DiffResult> {
    return { details: {} };
  }

  async configure(): Promise<void> {}

  async check(request: CheckRequest) {
    const inputs = request.news.values;
    const failures: CheckFailure[] = [];
    if (request.type !== token)
      failures.push({ property: "", reason: `NotImplemented: the sandbox does not run ${request.type}.` });
    for (const property of notSupported) {
      if (inputs[property] !== undefined)
        failures.push({ property, reason: "NotImplemented: the sandbox collects no files." });
    }
    return { inputs, failures };
  }

  /** New triggers run `create` again; anything else runs `update`. */
  async diff(request: DiffRequest): Promise<DiffResult> {
    const details: DiffResult["details"] = {};
    const news = request.news.values;
    const olds = request.oldInputs.values;
    for (const key of new Set([...Object.keys(news), ...Object.keys(olds)])) {
      if (
        request.ignoreChanges.includes(key) ||
        JSON.stringify(news[key] ?? null) === JSON.stringify(olds[key] ?? null)
      )
        continue;
      const kind = isEmpty(olds[key]) ? "add" : isEmpty(news[key]) ? "delete" : "update";
      details[key] = key === "triggers" ? `${kind}-replace` : kind;
    }
    return { details };
  }

  async create(request: CreateRequest) {
    const inputs = request.news.values;
    if (request.preview) return { id: "", state: { ...inputs, stdout: Unknown.value, stderr: Unknown.value } };
    const command = optionalText(inputs, "create");
    const outcome = command === undefined ? { stdout: "", stderr: "" } : await this.run(command, inputs, request);
    return { id: `command-${randomBytes(16).toString("hex")}`, state: { ...inputs, ...outcome } };
  }

  /** There is nothing in the world to read: what was known stays known. */
  async read(request: ReadRequest) {
    const state = request.state.values;
    if (Object.keys(state).length === 0) return undefined;
    return { id: request.id, state, inputs: request.inputs.values };
  }

  async update(request: UpdateRequest) {
    const inputs = request.news.values;
    if (request.preview) return { state: { ...inputs, stdout: Unknown.value, stderr: Unknown.value } };
    const before = previousOutput(request.oldState.values);
    const command = optionalText(inputs, "update") ?? optionalText(inputs, "create");
    const outcome = command === undefined ? before : await this.run(command, inputs, request, before);
    return { state: { ...inputs, ...outcome } };
  }

  async delete(request: DeleteRequest): Promise<void> {
    const state = request.state.values;
    const command = optionalText(state, "delete");
    if (command !== undefined) await this.run(command, state, request, previousOutput(state));
  }

  async invoke(request: InvokeRequest) {
    if (request.token !== runToken)
      throw new Error(`NotImplemented: the sandbox does not know the function ${request.token}.`);
    const args = request.args.values;
    const { signal } = new AbortController();
    const outcome = await this.run(optionalText(args, "command") ?? "", args, { signal });
    return { result: { ...args, ...outcome }, failures: [] };
  }

  private run(
    command: string,
    inputs: ValueMap,
    { signal }: Pick<Target, "signal">,
    before?: Outcome,
  ): Promise<Outcome> {
    const passesOutput = before && inputs.addPreviousOutputInEnv !== false;
    const previous = passesOutput
      ? { PULUMI_COMMAND_STDOUT: before.stdout, PULUMI_COMMAND_STDERR: before.stderr }
      : undefined;
    return run({
      command,
      interpreter: texts(inputs, "interpreter"),
      dir: optionalText(inputs, "dir"),
      environment: { ...this.environment, ...previous, ...textMap(inputs, "environment") },
      stdin: optionalText(inputs, "stdin"),
      signal,
    });
  }
}

function previousOutput(state: ValueMap): Outcome {
  const { stdout = "", stderr = "" } = defined({
    stdout: optionalText(state, "stdout"),
    stderr: optionalText(state, "stderr"),
  });
  return { stdout: String(stdout), stderr: String(stderr) };
}
