import { join } from "node:path";
import { type Assumptions, defaultAssumptions } from "./assumptions";
import { type Account, type AccountLimits, createAccount } from "./aws/account";
import { latencyProfile } from "./aws/latency";
import { LoopbackAddresses } from "./network/addresses";
import { defaultTimes, type NetworkTimes } from "./network/times";
import { services } from "./services";
import { OpenServices } from "./services/open-services";
import { Store } from "./store/store";
import { CertificateAuthority } from "./tls/authority";
import { Warehouse } from "./warehouse";

/** A warehouse that writes and four that read, whose files are made before anybody asks. */
const namespacesOfAFirstDeployment = 5;

export interface SandboxOptions extends AccountLimits {
  /** Folder of all its data. */
  dir: string;
  /** `instant`, or `aws`: operations take seconds where AWS takes minutes. */
  profile: string;
  region: string;
  /** What is to differ from the times of AWS's network. */
  times?: Partial<NetworkTimes>;
  /** Positions on what no source settles. */
  assumptions?: Assumptions;
  log(line: string): void;
}

/** What an account stands on, and its services. */
export interface Parts {
  account: Account;
  store: Store;
  addresses: LoopbackAddresses;
  certificates: CertificateAuthority;
  warehouse: Warehouse;
  services: OpenServices;
}

/** Opens the parts on the folder's records. Nothing that was under way goes on yet. @param endpoint where the APIs answer */
export async function openParts(options: SandboxOptions, endpoint: () => string): Promise<Parts> {
  const { dir, log, assumptions = defaultAssumptions } = options;
  const account = createAccount(options.region, options);
  const latency = latencyProfile(options.profile);
  const times = { ...defaultTimes, ...options.times };
  const store = Store.open(join(dir, "account"));
  const addresses = await LoopbackAddresses.open(store, dir);
  const certificates = await CertificateAuthority.open(join(dir, "tls"));
  const warehouse = await Warehouse.open({
    directory: join(dir, "warehouse"),
    accountId: account.accountId,
    region: account.region,
    spares: namespacesOfAFirstDeployment,
    assumptions,
    idle: { seconds: times.endpointIdleSeconds, scale: times.scale },
    log,
  });
  const file = (name: string) => join(dir, "account", name);
  const shared = { account, store, addresses, certificates, warehouse };
  return {
    ...shared,
    services: new OpenServices(services, { ...shared, latency, times, assumptions, file, endpoint, log }),
  };
}
