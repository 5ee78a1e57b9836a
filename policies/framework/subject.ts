import type {
  PolicyProviderResource,
  PolicyResource,
  PolicyResourceOptions,
  ResourceValidationArgs,
} from "@pulumi/policy";
import { stackOf } from "./names";
import { Node } from "./peek";
import type { KeyOf, Token } from "./types";

/** One resource under examination: its properties, read safely, and what the engine says about it. */
export class Subject<T extends Token = Token> extends Node<KeyOf<T>> {
  readonly type: string;
  readonly urn: string;
  readonly name: string;
  readonly stack: string;
  readonly options: PolicyResourceOptions;
  readonly provider: PolicyProviderResource | undefined;

  constructor(
    from: Pick<ResourceValidationArgs | PolicyResource, "type" | "urn" | "name" | "opts" | "provider" | "props">,
  ) {
    super(from.props, "");
    this.type = from.type;
    this.urn = from.urn;
    this.name = from.name;
    this.stack = stackOf(from.urn);
    this.options = from.opts;
    this.provider = from.provider;
  }

  /** The properties as the SDK handed them over, for remediations that copy parts of them. */
  get properties(): unknown {
    return this.value;
  }

  /** Views the resource as one of some types, to read properties that only those have. */
  as<S extends Token>(...types: readonly S[]): Subject<S> | undefined {
    return (types as readonly string[]).includes(this.type) ? (this as Subject<Token> as Subject<S>) : undefined;
  }
}
