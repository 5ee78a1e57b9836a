import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAssumptions } from "../assumptions";
import { type Account, createAccount } from "../aws/account";
import { latencyProfile } from "../aws/latency";
import type { Operations } from "../aws/service";
import { defaultTimes } from "../network/times";
import { Store } from "../store/store";
import { services } from ".";
import { OpenServices } from "./open-services";
import type { ServiceContext } from "./service";

const refuse = (what: string) => async (): Promise<never> => {
  throw new Error(`This test's account has no ${what}.`);
};

/** An account of its own for a test, with all services and nothing behind those that need a warehouse. */
export class TestServices extends OpenServices {
  private constructor(
    readonly account: ServiceContext["account"],
    readonly store: Store,
    context: Omit<ServiceContext, "use" | "call">,
    private readonly dir: string,
  ) {
    super(services, context);
  }

  /** @param own what this test has in place of the parts that do nothing */
  static open(own: Partial<ServiceContext> = {}): TestServices {
    const dir = fs.mkdtempSync(join(tmpdir(), "services-"));
    const store = Store.open(join(dir, "account"));
    return TestServices.over({ store, account: createAccount("us-east-1"), ...own }, dir);
  }

  /** Services over records that the test keeps by itself. */
  static over(own: Partial<ServiceContext> & { store: Store; account: Account }, dir: string): TestServices {
    const nothing = refuse("warehouse");
    const context = {
      addresses: {
        claim: (ip: string) => ip.replace(/^10\.\d+/, "127.9"),
        release: () => undefined,
        reach: (host: string, port: number) => ({ host, port }),
      },
      certificates: { issue: refuse("certificates") },
      warehouse: {
        createNamespace: nothing,
        setAdmin: nothing,
        deleteNamespace: nothing,
        saveSnapshot: nothing,
        restoreSnapshot: nothing,
        deleteSnapshot: nothing,
        openWorkgroup: nothing,
        closeWorkgroup: nothing,
        issueCredentials: nothing,
        connect: nothing,
        verifyPassword: nothing,
      },
      latency: latencyProfile("instant"),
      times: defaultTimes,
      assumptions: defaultAssumptions,
      endpoint: () => "http://127.0.0.1:4566",
      file: (name: string) => join(dir, name),
      log: () => undefined,
      ...own,
    };
    return new TestServices(own.account, own.store, context, dir);
  }

  async dispose(): Promise<void> {
    await this.close();
    this.store.close();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Calls of operations that a test has in place of a service's own. */
export function callsOf(operations: Readonly<Record<string, Operations>>): Pick<OpenServices, "call"> {
  return {
    async call(service, operation, input) {
      const run = operations[service]?.[operation];
      if (!run) throw new Error(`This test has no ${operation} of ${service}.`);
      return run(input);
    },
  };
}
