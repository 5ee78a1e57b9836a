import type { CheckFailure } from "../../provider/grpc/provider";
import { between, length, number, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { isUnknown, optionalNumber, optionalText, text, textMap, type ValueMap } from "../../provider/values";
import { DESCRIPTION } from "./security-group";
import type { NewRule } from "./security-groups";
import { CIDR } from "./vpc";

const PEERS = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

/** https://www.pulumi.com/registry/packages/aws/api-docs/vpc/securitygroupingressrule/ */
function ruleType(direction: "Ingress" | "Egress"): ResourceType {
  const isEgress = direction === "Egress";
  const name = `securityGroup${direction}Rule`;
  return {
    token: `aws:vpc/${name}:SecurityGroup${direction}Rule`,
    label: `VPC Security Group ${direction} Rule`,
    tagged: true,
    properties: {
      cidrIpv4: string({}, CIDR),
      cidrIpv6: string(),
      description: string({}, length(0, 255), DESCRIPTION),
      fromPort: number({}, between(-1, 65_535)),
      ipProtocol: string({ required: true }),
      prefixListId: string(),
      referencedSecurityGroupId: string(),
      region: string({ computed: true, replaces: true }),
      securityGroupId: string({ required: true, replaces: true }),
      toPort: number({}, between(-1, 65_535)),
    },
    outputs: ["arn", "securityGroupRuleId"],
    check: checkRule,
    async create(inputs, { models }) {
      const rule = models.ec2.securityGroups.authorize({
        ...ruleOf(inputs, isEgress),
        tags: textMap(inputs, "tagsAll"),
      });
      return rule.securityGroupRuleId;
    },
    async read(id, { models, account }) {
      const rule = models.ec2.securityGroups.rule(id);
      if (!rule || rule.isEgress !== isEgress) return undefined;
      return {
        arn: account.arn("ec2", `security-group-rule/${id}`),
        cidrIpv4: rule.cidrIpv4 ?? null,
        cidrIpv6: rule.cidrIpv6 ?? null,
        description: rule.description ?? null,
        fromPort: rule.fromPort ?? null,
        ipProtocol: rule.ipProtocol,
        prefixListId: rule.prefixListId ?? null,
        referencedSecurityGroupId: rule.referencedSecurityGroupId ?? null,
        securityGroupId: rule.groupId,
        securityGroupRuleId: id,
        tagsAll: rule.tags,
        toPort: rule.toPort ?? null,
      };
    },
    async update(id, { news }, { models }) {
      models.ec2.securityGroups.modifyRule(id, { ...ruleOf(news, isEgress), tags: textMap(news, "tagsAll") });
    },
    async delete(id, _state, { models }) {
      models.ec2.securityGroups.revoke(id);
    },
  };
}

function ruleOf(inputs: ValueMap, isEgress: boolean): NewRule {
  const ipProtocol = text(inputs, "ipProtocol");
  return {
    groupId: text(inputs, "securityGroupId"),
    isEgress,
    ipProtocol,
    fromPort: optionalNumber(inputs, "fromPort"),
    toPort: optionalNumber(inputs, "toPort"),
    cidrIpv4: optionalText(inputs, "cidrIpv4"),
    cidrIpv6: optionalText(inputs, "cidrIpv6"),
    prefixListId: optionalText(inputs, "prefixListId"),
    referencedSecurityGroupId: optionalText(inputs, "referencedSecurityGroupId"),
    description: optionalText(inputs, "description"),
  };
}

function checkRule(inputs: ValueMap): CheckFailure[] {
  const given = PEERS.filter((peer) => inputs[peer] !== undefined);
  const failures: CheckFailure[] = [];
  if (given.length !== 1) {
    const reason = `exactly one of ${PEERS.join(", ")} must be given, got ${given.length === 0 ? "none" : given.join(", ")}`;
    failures.push({ property: given[1] ?? "cidrIpv4", reason });
  }
  const { fromPort, toPort, ipProtocol } = inputs;
  if (ipProtocol === "-1" && (typeof fromPort === "number" || typeof toPort === "number")) {
    failures.push({ property: "fromPort", reason: "ports cannot be given when ipProtocol is -1 (all)" });
  } else if (!isUnknown(fromPort) && !isUnknown(toPort) && Number(fromPort) > Number(toPort)) {
    failures.push({ property: "toPort", reason: `toPort (${toPort}) must not be below fromPort (${fromPort})` });
  }
  return failures;
}

export const securityGroupIngressRule = ruleType("Ingress");
export const securityGroupEgressRule = ruleType("Egress");
