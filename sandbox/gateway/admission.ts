import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AwsError } from "../aws/errors";
import type { Form } from "./api";
import { foreignness } from "./loopback";
import { isService, type ServiceName, serviceOfTarget, spoken } from "./services";
import { refusal, signatureScope } from "./signature";

/** A request that may be looked at: whom it addresses, and what of it says which operation it means. */
export interface Admitted {
  service: ServiceName;
  /** `X-Amz-Target`, of services that speak JSON. */
  target: string | undefined;
  /** As sent, percent-encoded. */
  path: string;
  query: URLSearchParams;
}

/** The form in which whoever sent this expects errors. */
export function formOf({
  "x-amz-target": target,
  "content-type": type = "",
  authorization,
}: IncomingHttpHeaders): Form {
  const [, service = ""] = /Credential=[^/,]+\/\d+\/[^/,]+\/([^/,]+)\//.exec(authorization ?? "") ?? [];
  if (isService(service)) return spoken[service]!.form;
  return target !== undefined || /json|cbor/i.test(type) ? "json" : "xml";
}

/**
 * Refuses what is not a signed request of a program of this user to a service of the sandbox in its Region.
 * @throws AwsError
 */
export function admit(request: IncomingMessage, region: string): Admitted {
  const { headers, url = "/" } = request;
  const form = formOf(headers);
  const foreign = foreignness(request);
  if (foreign !== undefined) throw refusal("denied", form, foreign);
  const [path = "/", parameters = ""] = url.split(/\?(.*)/s);
  const query = new URLSearchParams(parameters);
  const scope = signatureScope(headers, query, form);
  const target = headers["x-amz-target"];
  if (Array.isArray(target)) throw new AwsError("UnknownOperationException", "There are several X-Amz-Target.");
  const addressed = target === undefined ? undefined : serviceOfTarget(target.split(".")[0] ?? "");
  if (addressed !== undefined && addressed !== scope.service) {
    throw refusal("invalid", form, `Credential should be scoped to correct service: '${addressed}'.`);
  }
  // The global endpoint of STS is us-east-1's. https://docs.aws.amazon.com/general/latest/gr/sts.html
  if (scope.region !== region && !(scope.service === "sts" && scope.region === "us-east-1")) {
    const rule = "Credential should be scoped to a valid region";
    throw refusal("invalid", form, `${rule}: '${region}' is the sandbox's, not '${scope.region.slice(0, 64)}'.`);
  }
  if (!isService(scope.service)) {
    throw new AwsError(
      "NotImplemented",
      `The sandbox does not implement the service "${scope.service.slice(0, 64)}".`,
      501,
    );
  }
  return { service: scope.service, target, path, query };
}
