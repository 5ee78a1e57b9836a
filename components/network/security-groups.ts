import { SecurityGroup } from "@pulumi/aws/ec2";
import { SecurityGroupEgressRule, SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { FleetSecurityGroups } from "./model";

const httpsPort = 443;

/** The other end of a rule: a security group, a block of addresses or a list of AWS's own. */
type Peer =
  | { readonly securityGroupId: pulumi.Input<string> }
  | { readonly cidr: pulumi.Input<string> }
  | { readonly prefixListId: pulumi.Input<string> };

interface Rule {
  readonly of: SecurityGroup;
  readonly peer: Peer;
  readonly port: number;
  readonly description: string;
}

interface SecurityGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Port of the warehouses and of the balancer. */
  readonly port: number;
  readonly clientCidrs: readonly string[];
  readonly s3PrefixListId: pulumi.Input<string>;
  /** Where the endpoints of AWS services are. */
  readonly services: Peer;
  readonly tagged: (part: string) => Record<string, string>;
}

/**
 * Who may talk to whom: clients to the balancer and to warehouses, the balancer to consumers, warehouses to S3, clients
 * and warehouses to the endpoints of AWS services. Rules are resources of their own, so that adding one never touches another.
 */
export function createSecurityGroups(
  parent: pulumi.Resource,
  name: string,
  args: SecurityGroupArgs,
): FleetSecurityGroups {
  const { port } = args;
  const group = (part: string, description: string) =>
    new SecurityGroup(`${name}-${part}`, { vpcId: args.vpcId, description, tags: args.tagged(part) }, { parent });
  const clients = group("clients", "Clients of the fleet: applications, BI tools, loaders");
  const balancer = group("balancer", "Balanced address of the readers");
  const consumers = group("consumers", "Consumer warehouses and their endpoints");
  const producer = group("producer", "Producer warehouse");

  const allow = (from: SecurityGroup, to: SecurityGroup, id: string, what: string) => {
    egress(parent, `${name}-${id}-out`, { of: from, peer: { securityGroupId: to.id }, port, description: what });
    ingress(parent, `${name}-${id}-in`, { of: to, peer: { securityGroupId: from.id }, port, description: what });
  };
  allow(clients, balancer, "clients-balancer", "Readers to the balanced address");
  allow(clients, consumers, "clients-consumers", "Readers to a consumer of their own");
  allow(clients, producer, "clients-producer", "Loaders and transformations to the producer");
  allow(balancer, consumers, "balancer-consumers", "Balanced connections and health checks to pooled consumers");

  args.clientCidrs.forEach((cidr) => {
    const block = cidr.replace(/[./]/g, "-");
    for (const [part, of] of Object.entries({ balancer, consumers, producer })) {
      ingress(parent, `${name}-${part}-from-${block}`, {
        of,
        peer: { cidr },
        port,
        description: `Clients in ${cidr}`,
      });
    }
  });
  for (const [part, of] of Object.entries({ consumers, producer }))
    egress(parent, `${name}-${part}-s3`, {
      of,
      peer: { prefixListId: args.s3PrefixListId },
      port: httpsPort,
      description: "COPY and UNLOAD through the S3 endpoint",
    });
  // With private DNS the services' names lead everybody in the VPC to the endpoints, clients and loaders as well: who is
  // not let in there reaches no service at all.
  // https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
  for (const [part, of] of Object.entries({ clients, consumers, producer })) {
    egress(parent, `${name}-${part}-services`, {
      of,
      peer: args.services,
      port: httpsPort,
      description: "Endpoints of AWS services",
    });
    if ("securityGroupId" in args.services)
      new SecurityGroupIngressRule(
        `${name}-services-${part}`,
        {
          securityGroupId: args.services.securityGroupId,
          referencedSecurityGroupId: of.id,
          ipProtocol: "tcp",
          fromPort: httpsPort,
          toPort: httpsPort,
          description: `From the ${part}`,
        },
        { parent },
      );
  }
  return { clients: clients.id, balancer: balancer.id, consumers: consumers.id, producer: producer.id };
}

interface ServicesGroupArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly tags: Record<string, string>;
}

/** The group of the interface endpoints themselves; what may reach them is added by `createSecurityGroups`. */
export function createServicesGroup(parent: pulumi.Resource, name: string, args: ServicesGroupArgs): SecurityGroup {
  return new SecurityGroup(
    name,
    { vpcId: args.vpcId, description: "Interface endpoints of AWS services", tags: args.tags },
    { parent },
  );
}

function peerArgs(peer: Peer) {
  if ("securityGroupId" in peer) return { referencedSecurityGroupId: peer.securityGroupId };
  if ("cidr" in peer) return { cidrIpv4: peer.cidr };
  return { prefixListId: peer.prefixListId };
}

function ruleArgs(rule: Rule) {
  return {
    securityGroupId: rule.of.id,
    ipProtocol: "tcp",
    fromPort: rule.port,
    toPort: rule.port,
    description: rule.description,
    ...peerArgs(rule.peer),
  };
}

function ingress(parent: pulumi.Resource, name: string, rule: Rule): void {
  new SecurityGroupIngressRule(name, ruleArgs(rule), { parent });
}

function egress(parent: pulumi.Resource, name: string, rule: Rule): void {
  new SecurityGroupEgressRule(name, ruleArgs(rule), { parent });
}
