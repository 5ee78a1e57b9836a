import "@pulumi/policy/proxy";

// The SDK ships these but leaves them out of its type declarations.
declare module "@pulumi/policy/proxy" {
  /** Wraps properties so that reading a value not known yet throws. */
  export function unknownCheckingProxy<T extends object>(properties: T): T;
  export class UnknownValueError extends Error {
    readonly props: string[];
  }
  /** Stands for any value not known yet. */
  export const unknownStringValue: string;
  export const isSpecialProxy: string;
  export const getSpecialProxyTarget: string;
}

export {
  getSpecialProxyTarget,
  isSpecialProxy,
  UnknownValueError,
  unknownCheckingProxy,
  unknownStringValue,
} from "@pulumi/policy/proxy";
