import type { ValueMap } from "../values";
import type { Properties } from "./marshal";

/** Which property is wrong and why, in words for the person who wrote the program. */
export interface CheckFailure {
  property: string;
  reason: string;
}

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

/** What an update would do. `details` is keyed by property path. */
export interface DiffResult {
  details: Record<string, DiffKind>;
  deleteBeforeReplace?: boolean;
}

/** Whom a call is for. */
export interface Target {
  urn: string;
  /** The type's token, such as `aws:ec2/vpc:Vpc`. */
  type: string;
  /** The resource's name in the program. */
  name: string;
  /** The configured provider on whose behalf the engine calls: one for each connection. */
  session: string;
  /** Milliseconds the engine allows; undefined when it leaves it to the provider. */
  timeoutMs?: number;
  /** Aborted when the engine goes away or asks to stop. */
  signal: AbortSignal;
}

export interface CheckRequest extends Target {
  olds: Properties;
  news: Properties;
  randomSeed: Uint8Array;
  autonaming?: { proposedName: string; mode: "propose" | "enforce" | "disable" };
}

export interface DiffRequest extends Target {
  id: string;
  oldState: Properties;
  oldInputs: Properties;
  news: Properties;
  ignoreChanges: string[];
}

export interface CreateRequest extends Target {
  news: Properties;
  preview: boolean;
}

export interface ReadRequest extends Target {
  id: string;
  state: Properties;
  inputs: Properties;
}

export interface UpdateRequest extends DiffRequest {
  preview: boolean;
}

export interface DeleteRequest extends Target {
  id: string;
  state: Properties;
}

export interface InvokeRequest {
  token: string;
  args: Properties;
  session: string;
  preview: boolean;
}

/** A Pulumi resource provider without its wire protocol. Methods reject with an Error whose message people read. */
export interface Provider {
  readonly version: string;
  checkConfig(news: Properties): Promise<{ inputs: ValueMap; failures: CheckFailure[] }>;
  diffConfig(olds: Properties, news: Properties): Promise<DiffResult>;
  configure(session: string, args: ValueMap): Promise<void>;
  check(request: CheckRequest): Promise<{ inputs: ValueMap; failures: CheckFailure[] }>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<{ id: string; state: ValueMap; secrets?: string[] }>;
  /** Undefined when there is no such resource (any more). */
  read(
    request: ReadRequest,
  ): Promise<{ id: string; state: ValueMap; inputs: ValueMap; secrets?: string[] } | undefined>;
  update(request: UpdateRequest): Promise<{ state: ValueMap; secrets?: string[] }>;
  delete(request: DeleteRequest): Promise<void>;
  invoke(request: InvokeRequest): Promise<{ result: ValueMap; failures: CheckFailure[]; secrets?: string[] }>;
}
