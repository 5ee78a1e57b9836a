import { Calls } from "../aws/calls";
import { AwsError } from "../aws/errors";
import { Faults } from "../aws/faults";
import type { JsonObject } from "../aws/json";
import type { AwsService } from "../aws/service";
import type { Service, ServiceContext } from "./service";

/** The services of one account. Each is opened when somebody needs it first. */
export class OpenServices {
  readonly faults = new Faults();
  readonly calls = new Calls();
  private readonly models = new Map<Service, unknown>();
  private readonly apis = new Map<string, AwsService>();
  private readonly context: ServiceContext;

  constructor(
    private readonly services: readonly Service[],
    context: Omit<ServiceContext, "use" | "call">,
  ) {
    this.context = {
      ...context,
      use: (service) => this.use(service),
      call: (service, operation, input) => this.call(service, operation, input),
    };
  }

  /** What a service keeps and knows. */
  use<M>(service: Service<M>): M {
    if (!this.models.has(service)) this.models.set(service, service.open(this.context));
    return this.models.get(service) as M;
  }

  /** A service as everybody calls it: through the faults that tests ask for. */
  api(name: string): AwsService {
    const known = this.apis.get(name);
    if (known) return known;
    const service = this.services.find((candidate) => candidate.name === name);
    if (!service) throw new AwsError("NotImplemented", `The sandbox does not implement the service "${name}".`, 501);
    const plain = { operations: service.operations(this.use(service), this.context) };
    const api = this.calls.counting(name, this.faults.around(name, plain));
    this.apis.set(name, api);
    return api;
  }

  /** @throws AwsError */
  async call(service: string, operation: string, input: JsonObject): Promise<JsonObject> {
    const { operations } = this.api(service);
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!run) throw new AwsError("NotImplemented", `The sandbox's ${service} has no operation ${operation}.`);
    return run(input);
  }

  async resume(): Promise<void> {
    for (const service of this.services) await service.resume?.(this.use(service));
  }

  /** The last one that was resumed ends first. */
  async close(): Promise<void> {
    for (const service of [...this.services].reverse()) {
      if (this.models.has(service)) await service.close?.(this.use(service));
    }
  }
}
