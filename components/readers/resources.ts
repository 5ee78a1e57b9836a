import type * as pulumi from "@pulumi/pulumi";
import type { Given } from "../datashare/resources";
import { LifecycleResource } from "../lifecycle/resource";
import type { AccessInputs } from "./access-lifecycle";
import type { SecretInputs } from "./secret-lifecycle";

/**
 * A reader's password, the same on every consumer, kept in Secrets Manager only.
 * Import id: the secret's name.
 */
export class ReaderSecret extends LifecycleResource {
  public readonly secretArn!: pulumi.Output<string>;
  public readonly username!: pulumi.Output<string>;

  constructor(name: string, args: Given<SecretInputs>, opts?: pulumi.CustomResourceOptions) {
    super("secret", "ReaderSecret", name, { ...args, secretArn: undefined, usable: undefined }, opts);
  }
}

/**
 * Roles, users and their rights on one consumer.
 * Import id: `<consumer's workgroup or cluster>/<local database>/readers`.
 */
export class ReaderAccess extends LifecycleResource {
  constructor(name: string, args: Given<AccessInputs>, opts?: pulumi.CustomResourceOptions) {
    super("access", "ReaderAccess", name, { ...args, lockedOut: undefined, publicMayCreate: undefined }, opts);
  }
}
