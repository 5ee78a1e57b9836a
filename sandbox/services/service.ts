import type { Assumptions } from "../assumptions";
import type { Context, ReachableAddresses } from "../aws/context";
import type { JsonObject } from "../aws/json";
import type { LatencyProfile } from "../aws/latency";
import type { Operations } from "../aws/service";
import type { Api } from "../gateway/api";
import type { NetworkTimes } from "../network/times";
import type { Invoke } from "../provider/resource/invoke";
import type { ResourceType } from "../provider/resource/resource-type";
import type { CertificateAuthority } from "../tls/authority";
import type { SessionSource } from "./redshift-data/session-port";
import type { WarehousePort } from "./redshift-serverless/warehouse-port";

/** The part of the sandbox that services stand on. */
export interface ServiceContext extends Context {
  addresses: ReachableAddresses;
  certificates: Pick<CertificateAuthority, "issue">;
  warehouse: WarehousePort & SessionSource;
  latency: LatencyProfile;
  times: NetworkTimes;
  assumptions: Assumptions;
  /** The path of a file in the account's folder. */
  file(name: string): string;
  log(line: string): void;
  /** Where the account's APIs answer; known once they do. */
  endpoint(): string;
  /** Another service, opened before the one that needs it. */
  use<M>(service: Service<M>): M;
  /** An operation of another service, as one service of AWS calls another. @throws AwsError */
  call(service: string, operation: string, input: JsonObject): Promise<JsonObject>;
}

/** One AWS service: everything of it lies in its folder, and `services/index.ts` lists it. */
export interface Service<M = unknown> {
  /** As requests are signed for it, faults name it and the provider calls it: `redshift-serverless`. */
  readonly name: string;
  /** How it is called over HTTP. @default only Pulumi's provider calls it */
  readonly api?: Api;
  /** Puts its model over the account's records. Nothing that was under way goes on yet. */
  open(context: ServiceContext): M;
  /** What it can be asked for. Nobody else changes the model's records. */
  operations(model: M, context: ServiceContext): Operations;
  /** Its resource types in the package `aws` of Pulumi. They see the service through its operations. */
  readonly resources?: readonly ResourceType[];
  /** Its functions in that package, by token. */
  readonly functions?: Readonly<Record<string, Invoke>>;
  /** Finishes or undoes what the end of the last process interrupted. */
  resume?(model: M): void | Promise<void>;
  close?(model: M): void | Promise<void>;
}

/** Lets the compiler find out what a service's model is. */
export function defineService<M>(service: Service<M>): Service<M> {
  return service;
}
