import type { AwsService, Operation } from "./service";

/** What was asked of the account's services since it was opened: `service:Operation` → how often. */
export class Calls {
  private readonly counts = new Map<string, number>();

  /** The same service, its calls counted, refused ones too. */
  counting(name: string, service: AwsService): AwsService {
    const operations: Record<string, Operation> = {};
    for (const [operation, handler] of Object.entries(service.operations)) {
      const key = `${name}:${operation}`;
      operations[operation] = (input, call) => {
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
        return handler(input, call);
      };
    }
    return { operations };
  }

  list(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}
