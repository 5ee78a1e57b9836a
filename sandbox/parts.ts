import { join } from "node:path";
import { type Assumptions, defaultAssumptions } from "./assumptions";
import { type Account, type AccountLimits, createAccount } from "./aws/account";
import { latencyProfile } from "./aws/latency";
import { type AccountModels, createAccountModels } from "./aws/models";
import { LoopbackAddresses } from "./network/addresses";
import { defaultTimes, type NetworkTimes } from "./network/times";
import { ElasticLoadBalancingV2 } from "./services/elbv2/service";
import { RedshiftData } from "./services/redshift-data/service";
import type { ParameterRules } from "./services/redshift-serverless/config-parameters";
import { RedshiftServerless } from "./services/redshift-serverless/service";
import { SecretCipher } from "./services/secretsmanager/cipher";
import { SecretsManager } from "./services/secretsmanager/service";
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

/** What an account is made of, each part knowing those that it needs. */
export interface Parts {
  account: Account;
  store: Store;
  addresses: LoopbackAddresses;
  certificates: CertificateAuthority;
  warehouse: Warehouse;
  models: AccountModels;
  serverless: RedshiftServerless;
  data: RedshiftData;
  secrets: SecretsManager;
  balancers: ElasticLoadBalancingV2;
}

/** Opens the parts on the folder's records. Nothing that was under way goes on yet. */
export async function openParts(options: SandboxOptions): Promise<Parts> {
  const { dir, log } = options;
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
    assumptions: options.assumptions,
    idle: { seconds: times.endpointIdleSeconds, scale: times.scale },
    log,
  });
  const models = createAccountModels({ store, account }, addresses);
  const { networkInterfaces } = models.ec2;
  const subnets = async (ids: readonly string[]) => ids.map((id) => models.ec2.subnets.get(id));
  const secrets = new SecretsManager(account, store, SecretCipher.open(join(dir, "account", "secrets.key")), {
    keys: models.kms,
    assumptions: options.assumptions,
    nameTakenFor: latency.delays["secret-name-free"],
  });
  const serverless = new RedshiftServerless({
    account,
    store,
    warehouse,
    networkInterfaces,
    subnets,
    secrets,
    certificates,
    addresses,
    latency,
    parameters: parameterRules(options.assumptions ?? defaultAssumptions),
    log,
  });
  const data = new RedshiftData(store, serverless, secrets, warehouse, options.assumptions);
  const zoneDown = (zone: string) => serverless.isZoneDown(zone);
  const balancers = new ElasticLoadBalancingV2({
    account,
    store,
    networkInterfaces,
    subnets,
    addresses,
    latency,
    times,
    zoneDown,
    log,
  });
  return {
    account,
    store,
    addresses,
    certificates,
    warehouse,
    models,
    serverless,
    data,
    secrets,
    balancers,
  };
}

function parameterRules(assumptions: Assumptions): ParameterRules {
  return { patch: Number(assumptions["workgroup-patch"]), otherForm: assumptions["queues-and-limits"] };
}
