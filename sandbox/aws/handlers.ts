import type { Readable } from "node:stream";
import { operation } from "./operation";
import type { CallContext, Operation } from "./service";

/** A command of the SDK, by what it takes and what its service answers. */
type CommandOf<Input, Output> = new (
  ...args: never[]
) => { readonly input: Input; resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: Output }> };

/**
 * What a service gets of what a client may give: bodies that a client streams come as a `Readable`.
 */
type Received<T> = { [Name in keyof T]: Readable extends NonNullable<T[Name]> ? Readable | undefined : T[Name] };

/**
 * What a service may answer for what the SDK makes of it: times also as ISO 8601 or seconds since 1970, enums as any
 * text, bytes as Base64. Null is as good as not there.
 */
type Answered<T> = T extends { transformToByteArray(): unknown }
  ? Readable | Uint8Array | string
  : T extends Date
    ? Date | string | number
    : T extends string
      ? string
      : T extends Uint8Array
        ? Uint8Array | string
        : T extends number | boolean | bigint | undefined | null
          ? T
          : T extends readonly (infer Item)[]
            ? Answered<Item>[]
            : T extends object
              ? { [Name in keyof T]: Answered<T[Name]> | null }
              : T;

export type Handler<Input, Output> = (
  input: Received<Input>,
  call?: CallContext,
) => Answered<Omit<Output, "$metadata">> | Promise<Answered<Omit<Output, "$metadata">>>;

/**
 * Handlers of a service's operations, typed by a client package of AWS's SDK: `Handlers<typeof import("@aws-sdk/client-sts")>`.
 * A name that the package has no command for, or a member of a wrong type, does not compile.
 */
export type Handlers<Client> = {
  readonly [Name in keyof Client as Name extends `${infer Operation}Command`
    ? Operation
    : never]?: Client[Name] extends CommandOf<infer Input, infer Output> ? Handler<Input, Output> : never;
};

/** One operation's input as its handler gets it: `Input<typeof import("@aws-sdk/client-sts"), "AssumeRole">`. */
export type Input<Client, Name extends keyof Handlers<Client>> =
  NonNullable<Handlers<Client>[Name]> extends (input: infer I, ...rest: never[]) => unknown ? I : never;

/** And what it answers. */
export type Output<Client, Name extends keyof Handlers<Client>> =
  NonNullable<Handlers<Client>[Name]> extends (...args: never[]) => infer O ? Exclude<O, Promise<unknown>> : never;

/** A service's table of operations from its handlers. */
export function operationsOf<Client>(handlers: Handlers<Client>): Record<string, Operation> {
  const entries = Object.entries<Handler<object, object>>(handlers as Record<string, Handler<object, object>>);
  return Object.fromEntries(entries.map(([name, handler]) => [name, operation(handler)]));
}
