import { EventEmitter, once } from "node:events";
import { z } from "zod";
import { AwsError } from "./errors";
import type { AwsService, Operation } from "./service";

const schema = z.strictObject({
  /** A service by the name that requests are signed for, such as `redshift-serverless` or `ec2`; any where left out. */
  service: z.string().optional(),
  /** AWS's operation name; any where left out. */
  operation: z.string().optional(),
  /** throttle and fail refuse a call, delay makes it wait `ms` first, hang never answers it until the fault is cleared. */
  kind: z.enum(["throttle", "fail", "delay", "hang"]),
  /** The first matching call that is hit, counted from 1. */
  from: z.int().min(1).optional(),
  /** How many calls are hit from there on; all where left out. */
  count: z.int().min(1).optional(),
  /** Milliseconds of a delay. */
  ms: z.int().min(0).optional(),
  /** Error of `fail`. */
  code: z.string().optional(),
  message: z.string().optional(),
  httpStatus: z.int().min(400).max(599).optional(),
});

/** A fault that tests ask for. */
export type FaultRequest = z.infer<typeof schema>;
export interface Fault extends FaultRequest {
  id: number;
}

/** @throws Error naming what is wrong with it. */
export function parseFault(request: unknown): FaultRequest {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new Error(`This is no fault: ${z.prettifyError(parsed.error)}`);
}

/** Faults in force, and the services seen through them. Nothing is kept over a restart. */
export class Faults {
  private faults: { fault: Fault; seen: number; cleared: Promise<unknown>; clear: () => void }[] = [];
  private nextId = 1;

  add(fault: FaultRequest): Fault {
    const added = { ...fault, id: this.nextId };
    this.nextId += 1;
    const gate = new EventEmitter();
    const cleared = once(gate, "clear");
    this.faults.push({ fault: added, seen: 0, cleared, clear: () => gate.emit("clear") });
    return added;
  }

  /** Ends one fault, or all of them; calls that hang go on. */
  clear(id?: number): void {
    for (const entry of this.faults) if (id === undefined || entry.fault.id === id) entry.clear();
    this.faults = this.faults.filter(({ fault }) => id !== undefined && fault.id !== id);
  }

  list(): (Fault & { seen: number })[] {
    return this.faults.map(({ fault, seen }) => ({ ...fault, seen }));
  }

  /** The same service, its calls passing through the faults first. */
  around(name: string, service: AwsService): AwsService {
    const operations: Record<string, Operation> = {};
    for (const [operation, handler] of Object.entries(service.operations)) {
      operations[operation] = async (input, call) => {
        await this.strike(name, operation);
        return handler(input, call);
      };
    }
    return { operations };
  }

  /** @throws AwsError where a fault refuses the call. */
  private async strike(service: string, operation: string): Promise<void> {
    for (const entry of [...this.faults]) {
      const { fault } = entry;
      if (fault.service !== undefined && fault.service !== service) continue;
      if (fault.operation !== undefined && fault.operation !== operation) continue;
      entry.seen += 1;
      const first = fault.from ?? 1;
      if (entry.seen < first || entry.seen >= first + (fault.count ?? Number.POSITIVE_INFINITY)) continue;
      if (fault.kind === "throttle") throw new AwsError("ThrottlingException", fault.message ?? "Rate exceeded");
      if (fault.kind === "fail") {
        throw new AwsError(
          fault.code ?? "InternalServerException",
          fault.message ?? "A fault was asked for.",
          fault.httpStatus ?? 500,
        );
      }
      if (fault.kind === "hang") await entry.cleared;
      else await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1_000));
    }
  }
}
