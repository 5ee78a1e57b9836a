import { list, set, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { isEmpty, maps, optionalText, text, textMap, type ValueMap } from "../../provider/values";
import type { Route } from "./records";

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetable/ */
export const routeTable: ResourceType = {
  token: "aws:ec2/routeTable:RouteTable",
  label: "EC2 Route Table",
  tagged: true,
  properties: {
    propagatingVgws: set({ computed: true }),
    region: string({ computed: true, replaces: true }),
    routes: list({ computed: true, unordered: true }),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: ["arn", "ownerId"],
  async create(inputs, { models }) {
    const table = models.ec2.routeTables.create({
      vpcId: text(inputs, "vpcId"),
      routes: routesOf(inputs),
      tags: textMap(inputs, "tagsAll"),
    });
    return table.routeTableId;
  },
  async read(id, { models, account }) {
    const found = models.ec2.routeTables.find(id);
    if (!found) return undefined;
    return {
      arn: account.arn("ec2", `route-table/${id}`),
      ownerId: account.accountId,
      propagatingVgws: [],
      routes: found.routes,
      tagsAll: found.tags,
      vpcId: found.vpcId,
    };
  },
  async update(id, { news, changed }, { models }) {
    const routes = changed.has("routes") ? { routes: routesOf(news) } : {};
    models.ec2.routeTables.modify(id, { ...routes, tags: textMap(news, "tagsAll") });
  },
  async delete(id, _state, { models }) {
    models.ec2.routeTables.delete(id);
  },
};

function routesOf(inputs: ValueMap): Route[] {
  return maps(inputs, "routes").map((route) =>
    Object.fromEntries(
      Object.entries(route)
        .filter(([, value]) => !isEmpty(value))
        .map(([key, value]) => [key, String(value)]),
    ),
  );
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetableassociation/ */
export const routeTableAssociation: ResourceType = {
  token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  label: "EC2 Route Table Association",
  properties: {
    gatewayId: string({ replaces: true }),
    region: string({ computed: true, replaces: true }),
    routeTableId: string({ required: true }),
    subnetId: string({ replaces: true }),
  },
  outputs: [],
  check: ({ subnetId, gatewayId }) =>
    (subnetId === undefined) === (gatewayId === undefined)
      ? [{ property: "subnetId", reason: "exactly one of subnetId or gatewayId must be given" }]
      : [],
  async create(inputs, { models }) {
    const { associationId } = models.ec2.routeTables.associate({
      routeTableId: text(inputs, "routeTableId"),
      subnetId: optionalText(inputs, "subnetId"),
      gatewayId: optionalText(inputs, "gatewayId"),
    });
    return associationId;
  },
  async read(id, { models }) {
    const { routeTables } = models.ec2;
    // People import an association as `subnet/route table`.
    const [subnetId, routeTableId] = id.split("/");
    const found =
      routeTables.association(id) ??
      routeTables
        .listAssociations()
        .find((candidate) => candidate.subnetId === subnetId && candidate.routeTableId === routeTableId);
    if (!found) return undefined;
    return {
      id: found.associationId,
      routeTableId: found.routeTableId,
      subnetId: found.subnetId ?? null,
      gatewayId: found.gatewayId ?? null,
    };
  },
  async update(id, { news }, { models }) {
    models.ec2.routeTables.reassociate(id, text(news, "routeTableId"));
  },
  async delete(id, _state, { models }) {
    models.ec2.routeTables.disassociate(id);
  },
};
