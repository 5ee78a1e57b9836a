import { isNotFound } from "../../aws/errors";
import { between, list, number, object, oneOf, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { tagList } from "../../provider/resource/tagging";
import {
  defined,
  maps,
  optionalNumber,
  optionalText,
  text,
  textMap,
  type Value,
  type ValueMap,
} from "../../provider/values";
import { attributeList, attributes, first, numberOf, setTags, tagsOf } from "./resources";

const IDLE_TIMEOUT = "tcp.idle_timeout.seconds";

/** The headers that a listener can rename or set. */
const HEADERS = [
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
  return {
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
      region: string({ computed: true, replaces: true }),
      routingHttpResponseServerEnabled: { kind: "boolean", computed: true },
      // Of listeners of Application Load Balancers.
      ...Object.fromEntries(HEADERS.map((header) => [`routingHttp${header}`, string({ computed: true })])),
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
    async create(inputs, context) {
      const tags = tagList(textMap(inputs, "tagsAll"));
      const input = { LoadBalancerArn: text(inputs, "loadBalancerArn"), ...request(inputs), Tags: tags };
      const answer: ValueMap = await context.call("CreateListener", input);
      const arn = text(maps(answer, "Listeners")[0] ?? {}, "ListenerArn");
      await setIdleTimeout(arn, inputs, context);
      return arn;
    },
    async read(id, context) {
      const found = await first(context, "DescribeListeners", { ListenerArns: [id] }, "Listeners");
      if (!found) return undefined;
      return defined({
        arn: id,
        defaultActions: maps(found, "DefaultActions").map(readAction),
        loadBalancerArn: found.LoadBalancerArn,
        port: found.Port,
        protocol: found.Protocol,
        sslPolicy: found.SslPolicy ?? "",
        tagsAll: await tagsOf(context, id),
        tcpIdleTimeoutSeconds: found.Protocol === "TCP" ? await idleTimeout(id, context) : null,
      });
    },
    async update(id, { news, olds, changed }, context) {
      if (
        ["port", "protocol", "defaultActions", "sslPolicy", "certificateArn", "alpnPolicy"].some((key) =>
          changed.has(key),
        )
      ) {
        await context.call("ModifyListener", { ListenerArn: id, ...request(news) });
      }
      if (changed.has("tcpIdleTimeoutSeconds")) await setIdleTimeout(id, news, context);
      await setTags(context, id, olds, news);
    },
    async delete(id, _state, context) {
      await context.call("DeleteListener", { ListenerArn: id });
    },
  };
}

async function setIdleTimeout(arn: string, inputs: ValueMap, context: TypeContext): Promise<void> {
  const seconds = optionalNumber(inputs, "tcpIdleTimeoutSeconds");
  if (seconds === undefined) return;
  const Attributes = attributeList({ [IDLE_TIMEOUT]: seconds });
  await context.call("ModifyListenerAttributes", { ListenerArn: arn, Attributes });
}

async function idleTimeout(arn: string, context: TypeContext): Promise<Value> {
  try {
    return numberOf(await attributes(context, "DescribeListenerAttributes", { ListenerArn: arn }), IDLE_TIMEOUT);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function request(inputs: ValueMap): ValueMap {
  const values = defined({
    Port: optionalNumber(inputs, "port"),
    Protocol: optionalText(inputs, "protocol"),
    SslPolicy: optionalText(inputs, "sslPolicy"),
    Certificates: inputs.certificateArn === undefined ? undefined : [{ CertificateArn: inputs.certificateArn }],
    DefaultActions: maps(inputs, "defaultActions").map((action, index) =>
      defined({ Type: action.type, TargetGroupArn: targetOf(action), Order: action.order ?? index + 1 }),
    ),
  });
  return values;
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
