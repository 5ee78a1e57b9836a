import { GetWorkgroupCommand, type UpdateWorkgroupCommand } from "@aws-sdk/client-redshift-serverless";
import { canonicalParameters, ownParameters } from "./config-parameters";
import { readWorkgroupParameters, resetWorkgroupParameters, setWorkgroupParameters } from "./workgroup-parameters";

const fresh = {
  auto_mv: "true",
  require_ssl: "true",
  max_query_execution_time: "14400",
  enable_large_strings_opt_in: "false",
};
const wanted = { require_ssl: "true", max_query_execution_time: "14400" };
const queues = '[{"name":"default"}]';

type Position = "refused" | "replaced" | "kept";

/** A workgroup as the service keeps one. What queues and limits do to each other is not documented: three positions. */
class Service {
  readonly requests: Record<string, string>[] = [];
  readonly refusals: Error[] = [];
  pauses = 0;
  time = 0;

  constructor(
    public parameters: Record<string, string>,
    private readonly position: Position = "refused",
  ) {}

  readonly waiting = {
    pause: async (milliseconds: number) => {
      this.pauses += 1;
      this.time += milliseconds;
    },
    now: () => this.time,
    random: () => 1,
  };

  readonly send = jest.fn(async (command: GetWorkgroupCommand | UpdateWorkgroupCommand): Promise<object> => {
    if (command instanceof GetWorkgroupCommand) {
      const configParameters = Object.entries(this.parameters).map(([parameterKey, parameterValue]) => ({
        parameterKey,
        parameterValue,
      }));
      return { workgroup: { status: "AVAILABLE", configParameters } };
    }
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
    this.update(
      Object.fromEntries(
        (command.input.configParameters ?? []).map((each) => [each.parameterKey ?? "", each.parameterValue ?? ""]),
      ),
    );
    return {};
  });

  private update(change: Record<string, string>): void {
    const after: Record<string, string> = { ...this.parameters, ...change };
    for (const [key, value] of Object.entries(after)) if (value === "-1" || value === "[]") delete after[key];
    const limits = Object.keys(after).filter((key) => key.startsWith("max_") && after[key] !== "14400");
    if (after.wlm_json_configuration && limits.length > 0) {
      if (this.position === "refused") throw failure("ValidationException", "not both");
      if (this.position === "replaced" && change.wlm_json_configuration) for (const key of limits) delete after[key];
      else if (this.position === "replaced") delete after.wlm_json_configuration;
    }
    if (JSON.stringify(after) === JSON.stringify(this.parameters))
      throw failure("ValidationException", "You didn't specify any changes to the configuration parameters.");
    this.requests.push(change);
    this.parameters = after;
  }
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

// The operation asks for `send` alone, and the stub answers what the two commands answer.
const client = (service: Service) => service as never;
const set = (service: Service, parameters: Record<string, string>) =>
  setWorkgroupParameters(client(service), "w", parameters, service.waiting);

describe("setting a workgroup's parameters", () => {
  test("sends nothing to a workgroup that has what is wanted, whatever else it has", async () => {
    const service = new Service({ ...fresh });
    expect(await set(service, wanted)).toEqual(wanted);
    expect(service.requests).toEqual([]);
  });

  test("sends only what differs, and leaves alone what it does not know", async () => {
    const service = new Service({ ...fresh });
    await set(service, { ...wanted, require_ssl: "false" });
    expect(service.requests).toEqual([{ require_ssl: "false" }]);
    expect(service.parameters.enable_large_strings_opt_in).toBe("false");
  });

  test("takes out each limit that is not wanted any more, and puts the time-out back", async () => {
    const metrics = [
      "max_query_cpu_time",
      "max_query_blocks_read",
      "max_scan_row_count",
      "max_query_queue_time",
      "max_query_cpu_usage_percent",
      "max_query_temp_blocks_to_disk",
      "max_join_row_count",
      "max_nested_loop_join_row_count",
    ];
    const limited = Object.fromEntries(metrics.map((metric) => [metric, "5"]));
    const service = new Service({ ...fresh, ...limited, max_query_execution_time: "60" });
    expect(await set(service, wanted)).toEqual(wanted);
    expect(service.requests).toEqual([
      { ...Object.fromEntries(metrics.map((metric) => [metric, "-1"])), max_query_execution_time: "14400" },
    ]);
    expect(service.parameters).toEqual(fresh);
  });

  test.each<Position>(["refused", "replaced", "kept"])(
    "goes from limits to queues and back where the other form is %s",
    async (position) => {
      const limits = { require_ssl: "true", max_query_execution_time: "60", max_scan_row_count: "7" };
      const service = new Service({ ...fresh, ...limits }, position);
      const withQueues = { require_ssl: "true", wlm_json_configuration: queues };
      expect(await set(service, withQueues)).toEqual(withQueues);
      expect(service.parameters).toMatchObject(withQueues);
      expect(service.parameters).not.toHaveProperty("max_scan_row_count");
      expect(await set(service, limits)).toEqual(limits);
      expect(service.parameters).toMatchObject(limits);
      expect(service.parameters).not.toHaveProperty("wlm_json_configuration");
    },
  );

  test("tries again while something else is under way, with what differs then", async () => {
    const service = new Service({ ...fresh });
    service.refusals.push(failure("ConflictException", "There is an operation running on the namespace w."));
    await set(service, { ...wanted, require_ssl: "false" });
    expect(service.pauses).toBe(1);
    expect(service.requests).toEqual([{ require_ssl: "false" }]);
  });

  test("does not wait for ever", async () => {
    const service = new Service({ ...fresh });
    service.refusals.push(...Array<Error>(1_000).fill(failure("ConflictException", "operation running")));
    await expect(set(service, { require_ssl: "false" })).rejects.toThrow(
      /Workgroup w was not free .* within 20 minutes: ConflictException: operation running/,
    );
    expect(service.pauses).toBeLessThan(200);
  });

  test("does not ask for ever what the service takes and does not keep", async () => {
    const service = new Service({ ...fresh });
    service.send.mockImplementation(async (command) =>
      command instanceof GetWorkgroupCommand ? { workgroup: { status: "AVAILABLE", configParameters: [] } } : {},
    );
    await expect(set(service, wanted)).rejects.toThrow(/still differs in .*require_ssl.* after 10 updates/);
  });

  test("names the workgroup, the keys and AWS's words when it is refused", async () => {
    const service = new Service({ ...fresh });
    service.refusals.push(failure("ValidationException", "The parameter key x isn't supported."));
    await expect(set(service, { x: "1" })).rejects.toThrow(
      "Workgroup w does not take x. ValidationException: The parameter key x isn't supported.",
    );
  });

  test("gives back to the defaults what was set, and nothing else", async () => {
    const service = new Service({ ...fresh, require_ssl: "false", auto_mv: "false", max_scan_row_count: "5" });
    await resetWorkgroupParameters(client(service), "w", { require_ssl: "false" }, service.waiting);
    expect(service.parameters).toEqual({ ...fresh, auto_mv: "false" });
  });
});

describe("reading a workgroup's parameters", () => {
  test("shows drift of our own keys and limits that nobody asked for, and nothing else", async () => {
    const service = new Service({ ...fresh, require_ssl: "false", max_scan_row_count: "5", auto_mv: "false" });
    expect(await readWorkgroupParameters(client(service), "w", wanted)).toEqual({
      ...wanted,
      require_ssl: "false",
      max_scan_row_count: "5",
    });
  });

  test("knows that a workgroup is gone", async () => {
    const service = new Service({});
    service.send.mockRejectedValue(failure("ResourceNotFoundException", "gone"));
    expect(await readWorkgroupParameters(client(service), "w", wanted)).toBeUndefined();
    await expect(set(service, wanted)).rejects.toThrow(/There is no workgroup w any more/);
    await resetWorkgroupParameters(client(service), "w", wanted);
  });

  test.each<Record<string, string>>([
    { wlm_json_configuration: "[]" },
    { max_scan_row_count: "-1" },
    { max_query_execution_time: "14400" },
  ])("takes %j for nothing set", (actual) => expect(ownParameters(actual, {})).toEqual({}));
});

test("what means the same has one form", () => {
  const one = {
    wlm_json_configuration: '[ {"query_group": ["x"],\n "name":"a", "user_role": []} ]',
    search_path: "a,  b",
  };
  const other = { search_path: "a, b", wlm_json_configuration: '[{"name":"a","query_group":["x"]}]' };
  expect(canonicalParameters(one)).toEqual(other);
  expect(canonicalParameters({ wlm_json_configuration: "no JSON" })).toEqual({ wlm_json_configuration: "no JSON" });
});
