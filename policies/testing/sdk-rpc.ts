import "@pulumi/policy/server";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type analyzer from "@pulumi/pulumi/proto/analyzer_pb";

type Policies = (ResourceValidationPolicy | StackValidationPolicy)[];
export type Rpc<Request, Response> = (
  call: { request: Request },
  callback: (error: Error | null | undefined, response: Response) => void,
) => void;
type Maker<Request, Response> = (
  pack: string,
  version: string,
  level: string,
  policies: Policies,
) => Rpc<Request, Response>;

// The SDK ships these but leaves them out of its type declarations.
declare module "@pulumi/policy/server" {
  export const makeAnalyzeRpcFun: Maker<analyzer.AnalyzeRequest, analyzer.AnalyzeResponse>;
  export const makeAnalyzeStackRpcFun: Maker<analyzer.AnalyzeStackRequest, analyzer.AnalyzeResponse>;
  export const makeRemediateRpcFun: Maker<analyzer.AnalyzeRequest, analyzer.RemediateResponse>;
}

export { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } from "@pulumi/policy/server";

/** Calls one of the SDK's functions as the engine does. */
export function call<Request, Response>(rpc: Rpc<Request, Response>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    rpc({ request }, (error, response) => (error ? reject(error) : resolve(response)));
  });
}
