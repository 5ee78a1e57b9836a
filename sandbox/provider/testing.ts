import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccount } from "../aws/account";
import type { ReachableAddresses } from "../aws/context";
import { createAccountModels } from "../aws/models";
import type { AwsService } from "../aws/service";
import { Store } from "../store/store";
import type { AwsProviderDependencies } from "./aws-provider";

/** An account of its own for a test, with nothing behind the services that need a warehouse. */
export function testAccount(): AwsProviderDependencies & { dispose(): void } {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-provider-"));
  const store = Store.open(dir);
  const account = createAccount("us-east-1");
  const addresses: ReachableAddresses = { claim: (ip) => ip.replace(/^10\.\d+/, "127.9"), release: () => undefined };
  const models = createAccountModels({ store, account }, addresses);
  const nothing: AwsService = { operations: {} };
  return {
    account,
    models,
    services: { redshiftServerless: nothing, redshiftData: nothing, secretsManager: nothing, elbv2: nothing },
    dispose() {
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
