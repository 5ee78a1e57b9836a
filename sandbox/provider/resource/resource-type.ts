import type { Account } from "../../aws/account";
import type { CheckFailure } from "../grpc/provider";
import type { ValueMap } from "../values";
import type { Property } from "./property";

/** What a resource type's operations may use. */
export interface TypeContext {
  account: Account;
  /** The Region for this resource: its own `region`, or the provider's. */
  region: string;
  /** One operation of the type's own service, or of another one. @throws AwsError */
  call(operation: string, input: ValueMap, service?: string): Promise<ValueMap>;
  /** Calls again while AWS says that something else is under way, until the deadline. */
  settle<T>(work: () => Promise<T>): Promise<T>;
  /** Asks again until the answer is there, until the deadline. @param what is named in the error. */
  until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T>;
}

/** An update: everything wanted, everything that was, and the names of the properties that differ. */
export interface Change {
  news: ValueMap;
  olds: ValueMap;
  changed: ReadonlySet<string>;
}

/** How names are made up. */
export interface AutoName {
  property: string;
  maxLength: number;
  /** A property that asks for a name with this beginning, instead of the resource's own name. */
  prefixProperty?: string;
  /** Put before the made-up name, such as `alias/`. */
  before?: string;
  lowercase?: boolean;
}

/** One AWS resource type, in the shape that @pulumi/aws gives it. */
export interface ResourceType {
  token: string;
  /** How people and errors call it: `EC2 VPC`. */
  label: string;
  properties: Readonly<Record<string, Property>>;
  /** Outputs that AWS decides, unknown until the resource exists. */
  outputs: readonly string[];
  /** Tags are merged with the provider's default tags, and `tagsAll` shows the result. */
  tagged?: boolean;
  autoName?: AutoName;
  /** Rules across properties. Unknown values must be let through. */
  check?(inputs: ValueMap): CheckFailure[];
  /** Properties that a change makes necessary to replace, beyond those that always do. */
  replacesWhen?(olds: ValueMap, news: ValueMap): string[];
  /** Makes it and waits until it can be used. @returns its id */
  create(inputs: ValueMap, context: TypeContext): Promise<string>;
  /** What AWS knows of it; undefined when it is gone. Inputs that AWS never tells are kept from before. */
  read(id: string, context: TypeContext, before: ValueMap): Promise<ValueMap | undefined>;
  update?(id: string, change: Change, context: TypeContext): Promise<void>;
  delete(id: string, state: ValueMap, context: TypeContext): Promise<void>;
}
