import type { Account } from "../../aws/account";
import type { ReachableAddresses } from "../../aws/context";
import type { LatencyProfile } from "../../aws/latency";
import type { Collection, Store } from "../../store/store";
import type { CertificateAuthority } from "../../tls/authority";
import type { NetworkInterfaces } from "../ec2/network-interfaces";
import type { Subnet } from "../ec2/records";
import type { SecretsManager } from "../secretsmanager/service";
import type { Background } from "./background";
import type { ParameterRules } from "./config-parameters";
import type {
  EndpointRecord,
  NamespaceRecord,
  PolicyRecord,
  SnapshotRecord,
  UsageLimitRecord,
  WorkgroupRecord,
} from "./records";
import type { WarehousePort } from "./warehouse-port";

export const defaultParameterRules: ParameterRules = { patch: 205, otherForm: "refused" };

/** What the service stands on. */
export interface ServerlessDependencies {
  account: Account;
  store: Store;
  warehouse: WarehousePort;
  networkInterfaces: NetworkInterfaces;
  /** Looks subnets up. @throws AwsError for one that does not exist. */
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  secrets: SecretsManager;
  certificates: Pick<CertificateAuthority, "issue">;
  addresses: ReachableAddresses;
  latency: LatencyProfile;
  parameters: ParameterRules;
  log(line: string): void;
}

export interface ServerlessContext extends ServerlessDependencies {
  background: Background;
  namespaces: Collection<NamespaceRecord>;
  workgroups: Collection<WorkgroupRecord>;
  endpoints: Collection<EndpointRecord>;
  usageLimits: Collection<UsageLimitRecord>;
  policies: Collection<PolicyRecord>;
  snapshots: Collection<SnapshotRecord>;
  zonesDown: Collection<true>;
}
