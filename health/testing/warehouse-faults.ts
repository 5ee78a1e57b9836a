import type { Rule } from "../facts/facts";
import { type Faults, without } from "./faults";
import { groupOf, targetsOf, workgroupOf } from "./good-fleet";

const anyone: Rule = { protocol: "-1", fromPort: -1, toPort: -1, groupIds: [], cidrs: ["0.0.0.0/0"] };
const silent = { error: "Connection refused." };

/** Faults of subnets, security groups and warehouses. */
export const warehouseFaults: Faults = {
  "a /24": [
    ({ network }) => Object.assign(network.subnets[0]!, { cidr: "10.0.0.0/24" }),
    "subnets-large: Subnet subnet-a (10.0.0.0/24, us-east-1a) is smaller than a /23",
  ],
  "two subnets in one zone": [
    ({ network }) => Object.assign(network.subnets[2]!, { zone: "us-east-1b" }),
    ...["producer", "pool-1", "pool-2"].map(
      (name) => `zones: ${name} is in 2 Availability Zones (us-east-1a, us-east-1b), not in 3`,
    ),
  ],
  "fifteen addresses where 32 RPUs need sixteen": [
    ({ network }) => Object.assign(network.subnets[1]!, { freeAddresses: 15 }),
    "addresses-left: Subnet subnet-b (10.0.2.0/23, us-east-1b) has 15 addresses left",
  ],
  "the largest size, which grows no more": [
    (facts) => {
      for (const name of ["producer", "pool-1", "pool-2"]) workgroupOf(facts, name).baseCapacity = 1024;
      for (const subnet of facts.network.subnets) subnet.freeAddresses = 0;
    },
  ],
  "two addresses where three are needed without enhanced VPC routing": [
    (facts) => {
      for (const name of ["producer", "pool-1", "pool-2"]) workgroupOf(facts, name).enhancedVpcRouting = false;
      facts.network.subnets[0]!.freeAddresses = 2;
      facts.network.subnets[1]!.freeAddresses = 3;
    },
    "addresses-left: Subnet subnet-a (10.0.0.0/23, us-east-1a) has 2 addresses left",
  ],
  "consumers that do not let the balancer in": [
    (facts) => {
      const group = groupOf(facts, "sg-consumers");
      group.ingress = without(group.ingress, "sg-balancer");
    },
    "security-groups: Security group consumers (sg-consumers) does not let the balancer in to the pool's consumers on port 5439",
  ],
  "consumers that let in the balancer's whole subnets": [
    (facts) => {
      const group = groupOf(facts, "sg-consumers");
      group.ingress = [...without(group.ingress, "sg-balancer"), { ...anyone, cidrs: ["10.0.0.0/16"] }];
    },
  ],
  "a rule for another port": [
    (facts) => {
      for (const rule of groupOf(facts, "sg-balancer").egress) Object.assign(rule, { fromPort: 443, toPort: 443 });
    },
    "security-groups: Security group balancer (sg-balancer) does not let the balancer out to the pool's consumers on port 5439",
  ],
  "clients that are not let in to the balancer": [
    (facts) => {
      groupOf(facts, "sg-balancer").ingress = [];
    },
    "security-groups: Security group clients (sg-clients) may reach the balancer on port 5439, but nothing there lets it in",
  ],
  "clients that may not go out to the producer": [
    (facts) => {
      const group = groupOf(facts, "sg-clients");
      group.egress = without(group.egress, "sg-producer");
    },
    "security-groups: Members of security group clients (sg-clients) are let in to producer on port 5439, but may not go out to it",
  ],
  "nobody let in to the producer": [
    (facts) => {
      const clients = groupOf(facts, "sg-clients");
      clients.egress = without(clients.egress, "sg-producer");
      groupOf(facts, "sg-producer").ingress = [];
    },
    "security-groups: No client may connect to producer on port 5439",
  ],
  "a balancer without security groups, whose subnets are not let in": [
    ({ balancer }) => Object.assign(balancer!, { securityGroupIds: [] }),
    "security-groups: Security group consumers (sg-consumers) does not let the balancer in to the pool's consumers on port 5439",
  ],
  "endpoints that only warehouses may use": [
    (facts) => {
      const [clients, services] = [groupOf(facts, "sg-clients"), groupOf(facts, "sg-services")];
      clients.egress = without(clients.egress, "sg-services");
      services.ingress = without(services.ingress, "sg-clients");
    },
    "security-groups: Members of security group clients (sg-clients) may not go out to the endpoints of secretsmanager, redshift-data on port 443",
    "security-groups: Members of security group clients (sg-clients) may not come in to the endpoints of secretsmanager, redshift-data on port 443",
  ],
  "endpoints of somebody else that let in the whole VPC": [
    (facts) => {
      for (const id of ["sg-clients", "sg-consumers", "sg-producer"]) {
        const group = groupOf(facts, id);
        group.egress = [...without(group.egress, "sg-services"), { ...anyone, cidrs: ["10.0.0.0/16"] }];
      }
      groupOf(facts, "sg-services").ingress = [{ ...anyone, cidrs: ["10.0.0.0/16"] }];
    },
  ],
  "an endpoint that does not let a warehouse in": [
    (facts) => {
      const services = groupOf(facts, "sg-services");
      services.ingress = without(services.ingress, "sg-producer");
    },
    "security-groups: Producer may not come in to the endpoints of secretsmanager, redshift-data on port 443",
  ],
  "a public workgroup": [
    (facts) => Object.assign(workgroupOf(facts, "pool-2"), { publiclyAccessible: true }),
    "warehouses-private: pool-2 is publicly accessible",
  ],
  "a balancer on the internet": [
    ({ balancer }) => Object.assign(balancer!, { scheme: "internet-facing" }),
    "warehouses-private: Balancer readers faces the internet",
  ],
  "a workgroup under change": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1"), { status: "MODIFYING" }),
    "warehouses-available: pool-1: workgroup fleet-pool-1 is MODIFYING, not AVAILABLE",
  ],
  "a managed endpoint that is still made": [
    (facts) => Object.assign(workgroupOf(facts, "pool-1").endpoints[0]!, { status: "CREATING" }),
    "warehouses-available: pool-1: managed endpoint pool-1-0 is CREATING, not ACTIVE",
  ],
  "a namespace that is gone, with all that hangs on it": [
    ({ warehouses, catalogs }) => {
      Object.assign(warehouses[2]!, { namespace: undefined, workgroup: undefined });
      catalogs.consumers["pool-2"] = silent;
    },
    "warehouses-available: pool-2 has no namespace (id-of-pool-2)",
  ],
  "a provisioned cluster, which has neither": [
    ({ warehouses }) =>
      Object.assign(warehouses[0]!, { kind: "provisioned", namespace: undefined, workgroup: undefined }),
  ],
  "a consumer that does not answer, nor passes health checks": [
    (facts) => {
      facts.catalogs.consumers["pool-1"] = silent;
      for (const target of targetsOf(facts)) if (target.address.endsWith(".8")) target.state = "unhealthy";
    },
    "warehouses-answer: pool-1 does not answer SQL",
  ],
  "a producer that does not answer": [
    ({ catalogs }) => {
      catalogs.producer = silent;
    },
    "warehouses-answer: producer does not answer SQL",
  ],
};
