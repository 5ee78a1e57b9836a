import { isNotFound } from "../../aws/errors";
import { between, list, number, object, oneOf, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { defined, maps, optionalNumber, optionalText, type Value, type ValueMap } from "../../provider/values";
import { attributeList, attributes, numberOf, resource } from "./resource";

const idleTimeoutKey = "tcp.idle_timeout.seconds";

/** The headers that a listener can rename or set. */
const headers = [
  "RequestXAmznMtlsClientcertHeaderName",
  "RequestXAmznMtlsClientcertIssuerHeaderName",
  "RequestXAmznMtlsClientcertLeafHeaderName",
  "RequestXAmznMtlsClientcertSerialNumberHeaderName",
  "RequestXAmznMtlsClientcertSubjectHeaderName",
  "RequestXAmznMtlsClientcertValidityHeaderName",
  "RequestXAmznTlsCipherSuiteHeaderName",
  "RequestXAmznTlsVersionHeaderName",
  "ResponseAccessControlAllowCredentialsHeaderValue",
  "ResponseAccessControlAllowHeadersHeaderValue",
  "ResponseAccessControlAllowMethodsHeaderValue",
  "ResponseAccessControlAllowOriginHeaderValue",
  "ResponseAccessControlExposeHeadersHeaderValue",
  "ResponseAccessControlMaxAgeHeaderValue",
  "ResponseContentSecurityPolicyHeaderValue",
  "ResponseStrictTransportSecurityHeaderValue",
  "ResponseXContentTypeOptionsHeaderValue",
  "ResponseXFrameOptionsHeaderValue",
];

function listenerType(module: "lb" | "alb"): ResourceType {
  return resource({
    token: `aws:${module}/listener:Listener`,
    label: "ELBv2 Listener",
    tagged: true,
    properties: {
      alpnPolicy: string(),
      certificateArn: string(),
      defaultActions: list({ required: true }),
      loadBalancerArn: string({ required: true, replaces: true }),
      mutualAuthentication: object({ computed: true }),
      port: number({}, between(1, 65_535)),
      protocol: string(
        { computed: true },
        oneOf("GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"),
      ),
      routingHttpResponseServerEnabled: { kind: "boolean", computed: true },
      // Of listeners of Application Load Balancers.
      ...Object.fromEntries(headers.map((header) => [`routingHttp${header}`, string({ computed: true })])),
      sslPolicy: string({ computed: true }),
      tcpIdleTimeoutSeconds: number({ computed: true }, between(60, 6000)),
    },
    outputs: ["arn"],
    check: ({ tcpIdleTimeoutSeconds, protocol }) =>
      tcpIdleTimeoutSeconds !== undefined && typeof protocol === "string" && protocol !== "TCP"
        ? [
            {
              property: "tcpIdleTimeoutSeconds",
              reason: `only TCP listeners have an idle timeout, this one is ${protocol}`,
            },
          ]
        : [],
    id: "ListenerArn",
    members: { arn: "ListenerArn" },
    create: ["CreateListener", "loadBalancerArn"],
    request,
    read: { operation: "DescribeListeners", at: "Listeners", ids: "ListenerArns" },
    state: async (found, context, _before, id) => ({
      defaultActions: maps(found, "DefaultActions").map(readAction),
      sslPolicy: found.SslPolicy ?? "",
      tcpIdleTimeoutSeconds: found.Protocol === "TCP" ? await idleTimeout(id, context) : null,
    }),
    async apply(ListenerArn, { news, olds, changed }, { call }) {
      const asked = ["port", "protocol", "defaultActions", "sslPolicy", "certificateArn", "alpnPolicy"];
      if (olds.arn !== undefined && asked.some((key) => changed.has(key)))
        await call("ModifyListener", { ListenerArn, ...request(news) });
      const seconds = optionalNumber(news, "tcpIdleTimeoutSeconds");
      if (!changed.has("tcpIdleTimeoutSeconds") || seconds === undefined) return;
      const Attributes = attributeList({ [idleTimeoutKey]: seconds });
      await call("ModifyListenerAttributes", { ListenerArn, Attributes });
    },
    delete: "DeleteListener",
  });
}

async function idleTimeout(arn: string, context: TypeContext): Promise<Value> {
  try {
    return numberOf(await attributes(context, "DescribeListenerAttributes", { ListenerArn: arn }), idleTimeoutKey);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function request(inputs: ValueMap): ValueMap {
  return defined({
    Port: optionalNumber(inputs, "port"),
    Protocol: optionalText(inputs, "protocol"),
    SslPolicy: optionalText(inputs, "sslPolicy"),
    Certificates: inputs.certificateArn === undefined ? undefined : [{ CertificateArn: inputs.certificateArn }],
    DefaultActions: maps(inputs, "defaultActions").map((action, index) =>
      defined({ Type: action.type, TargetGroupArn: targetOf(action), Order: action.order ?? index + 1 }),
    ),
  });
}

/** A forward names its target group directly, or in a block of one. */
function targetOf(action: ValueMap): Value | undefined {
  if (action.targetGroupArn !== undefined) return action.targetGroupArn;
  const groups = typeof action.forward === "object" ? maps(action.forward as ValueMap, "targetGroups") : [];
  return groups[0]?.arn;
}

function readAction(action: ValueMap, index: number): ValueMap {
  return defined({ type: action.Type, targetGroupArn: action.TargetGroupArn, order: action.Order ?? index + 1 });
}

export const listeners = [listenerType("lb"), listenerType("alb")];
