import type { RouteTable as RouteTableView } from "@aws-sdk/client-ec2";
import type { Account } from "../../aws/account";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import { list, set, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { isEmpty, maps, type Value, type ValueMap } from "../../provider/values";
import { describe, type Kind } from "./describe";
import type { Ec2, Sdk } from "./network";
import type { Route, RouteTable } from "./records";
import { resource } from "./resource";
import { givenTags } from "./tags";

const kind: Kind<RouteTableView> = {
  id: "RouteTableId",
  notFound: "InvalidRouteTableID.NotFound",
  filters: ["owner-id", "route-table-id", "vpc-id"],
  special: {
    "association.main": ({ Associations = [] }) => Associations.map(({ Main }) => Main),
    "association.route-table-association-id": ({ Associations = [] }) =>
      Associations.map(({ RouteTableAssociationId }) => RouteTableAssociationId),
    "association.subnet-id": ({ Associations = [] }) => Associations.map(({ SubnetId }) => SubnetId),
  },
};

/** A route's record has Pulumi's names, which are EC2's apart from these. */
const destinations = { cidrBlock: "DestinationCidrBlock", ipv6CidrBlock: "DestinationIpv6CidrBlock" };
const renamed: readonly (readonly [record: string, member: string])[] = [
  ...Object.entries(destinations),
  ["egressOnlyGatewayId", "EgressOnlyInternetGatewayId"],
];

function routeView(route: Record<string, Value>): ValueMap {
  return rename(route, (key) => renamed.find(([own]) => own === key)?.[1] ?? key[0]!.toUpperCase() + key.slice(1));
}

function routeRecord(route: object): Route {
  const given = rename(
    Object.fromEntries(Object.entries(route)),
    (key) => renamed.find(([, member]) => member === key)?.[0] ?? key[0]!.toLowerCase() + key.slice(1),
  );
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

function rename(map: ValueMap, name: (key: string) => string): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [name(key), value]));
}

const destinationOf = ({ cidrBlock, ipv6CidrBlock, destinationPrefixListId }: Route) =>
  cidrBlock ?? ipv6CidrBlock ?? destinationPrefixListId;

export function routeTableOperations({ routeTables }: Ec2, account: Account) {
  const view = (table: RouteTable): RouteTableView => ({
    RouteTableId: table.routeTableId,
    VpcId: table.vpcId,
    OwnerId: account.accountId,
    PropagatingVgws: [],
    Routes: table.routes.map(routeView),
    Associations: [
      ...(table.main
        ? [{ RouteTableAssociationId: `rtbassoc-${table.routeTableId.slice("rtb-".length)}`, Main: true }]
        : []),
      ...routeTables.associationsOf(table.routeTableId).map(({ associationId, subnetId, gatewayId }) => ({
        RouteTableAssociationId: associationId,
        SubnetId: subnetId,
        GatewayId: gatewayId,
        Main: false,
      })),
    ].map((association) => ({ ...association, RouteTableId: table.routeTableId })),
    Tags: tagList(table.tags),
  });
  const change = (routeTableId: string, next: (routes: Route[]) => Route[]) => {
    routeTables.modify(routeTableId, { routes: next(routeTables.get(routeTableId).routes) });
    return { Return: true };
  };
  return operationsOf<Sdk>({
    CreateRouteTable: ({ VpcId = "", TagSpecifications }) => ({
      RouteTable: view(routeTables.create({ vpcId: VpcId, tags: givenTags(TagSpecifications) })),
    }),
    DescribeRouteTables: (input) => {
      const { items, nextToken } = describe(kind, routeTables.list().map(view), input.RouteTableIds, input);
      return { RouteTables: items, NextToken: nextToken };
    },
    DeleteRouteTable: ({ RouteTableId = "" }) => {
      routeTables.delete(RouteTableId);
      return {};
    },
    CreateRoute: ({ RouteTableId = "", DryRun: _dryRun, ...route }) =>
      change(RouteTableId, (routes) => [...routes, routeRecord(route)]),
    DeleteRoute: ({ RouteTableId = "", DryRun: _dryRun, ...route }) =>
      change(RouteTableId, (routes) =>
        routes.filter((other) => destinationOf(other) !== destinationOf(routeRecord(route))),
      ),
    AssociateRouteTable: ({ RouteTableId = "", SubnetId, GatewayId }) => {
      const request = { routeTableId: RouteTableId, subnetId: SubnetId, gatewayId: GatewayId };
      return { AssociationId: routeTables.associate(request).associationId };
    },
    ReplaceRouteTableAssociation: (input) => {
      routeTables.reassociate(input.AssociationId ?? "", input.RouteTableId ?? "");
      return { NewAssociationId: input.AssociationId };
    },
    DisassociateRouteTable: ({ AssociationId = "" }) => {
      routeTables.disassociate(AssociationId);
      return {};
    },
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetable/ */
export const routeTable = resource({
  token: "aws:ec2/routeTable:RouteTable",
  label: "EC2 Route Table",
  tagged: true,
  properties: {
    propagatingVgws: set({ computed: true }),
    routes: list({ computed: true, unordered: true }),
    vpcId: string({ required: true, replaces: true }),
  },
  outputs: ["arn", "ownerId"],
  id: "RouteTableId",
  create: ["CreateRouteTable", "vpcId"],
  read: { operation: "DescribeRouteTables", at: "RouteTables", ids: "RouteTableIds" },
  state: (found, { account }, _before, id) => ({
    arn: account.arn("ec2", `route-table/${id}`),
    routes: maps(found, "Routes").map((route) => ({ ...routeRecord(route) })),
  }),
  async apply(RouteTableId, { news, olds, changed }, { call }) {
    if (!changed.has("routes")) return;
    const [before, after] = [olds, news].map((side) => maps(side, "routes").map((route) => routeView(present(route))));
    const text = (route: ValueMap) => JSON.stringify(Object.entries(route).sort());
    const missingIn = (others: ValueMap[]) => (route: ValueMap) => !others.some((other) => text(other) === text(route));
    for (const route of before!.filter(missingIn(after!)))
      await call("DeleteRoute", { RouteTableId, ...destination(route) });
    for (const route of after!.filter(missingIn(before!))) await call("CreateRoute", { RouteTableId, ...route });
  },
  delete: "DeleteRouteTable",
});

/** Blocks of routes come with every member; most are empty. */
function present(route: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(route).filter(([, value]) => !isEmpty(value)));
}

function destination(route: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(route).filter(([key]) => key.startsWith("Destination")));
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/routetableassociation/ */
export const routeTableAssociation = resource({
  token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  label: "EC2 Route Table Association",
  properties: {
    gatewayId: string({ replaces: true }),
    routeTableId: string({ required: true }),
    subnetId: string({ replaces: true }),
  },
  check: ({ subnetId, gatewayId }) =>
    (subnetId === undefined) === (gatewayId === undefined)
      ? [{ property: "subnetId", reason: "exactly one of subnetId or gatewayId must be given" }]
      : [],
  id: "AssociationId",
  create: ["AssociateRouteTable", "routeTableId", "subnetId", "gatewayId"],
  async read(id, context) {
    const found =
      (await association(context, "association.route-table-association-id", id)) ?? (await imported(context, id));
    if (!found) return undefined;
    const { RouteTableAssociationId, RouteTableId = "", SubnetId = null, GatewayId = null } = found;
    return { id: RouteTableAssociationId ?? id, routeTableId: RouteTableId, subnetId: SubnetId, gatewayId: GatewayId };
  },
  update: [["ReplaceRouteTableAssociation", "routeTableId"]],
  delete: "DisassociateRouteTable",
});

async function association(context: TypeContext, name: string, value: string, routeTableId?: string) {
  const Filters = [{ Name: name, Values: [value] }];
  const table = await lookUp(context, "DescribeRouteTables", { Filters }, "RouteTables");
  if (routeTableId !== undefined && table?.RouteTableId !== routeTableId) return undefined;
  return maps(table ?? {}, "Associations").find(
    ({ RouteTableAssociationId, SubnetId }) => RouteTableAssociationId === value || SubnetId === value,
  );
}

/** People import an association as `subnet/route table`. */
async function imported(context: TypeContext, id: string): Promise<ValueMap | undefined> {
  const [subnetId = "", routeTableId] = id.split("/");
  return routeTableId === undefined ? undefined : association(context, "association.subnet-id", subnetId, routeTableId);
}
