import { newId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { Tags } from "../../aws/tags";
import type { Route, RouteTable, RouteTableAssociation, Subnet, Vpc } from "./records";

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
export class RouteTables {
  private readonly tables;
  private readonly associations;
  private readonly subnets;
  private readonly vpcs;

  constructor(context: Context) {
    this.tables = context.store.collection<RouteTable>("ec2/route-tables");
    this.associations = context.store.collection<RouteTableAssociation>("ec2/route-table-associations");
    this.subnets = context.store.collection<Subnet>("ec2/subnets");
    this.vpcs = context.store.collection<Vpc>("ec2/vpcs");
  }

  create(request: { vpcId: string; routes?: Route[]; tags?: Tags }): RouteTable {
    if (!this.vpcs.get(request.vpcId)) {
      throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${request.vpcId}' does not exist`);
    }
    return this.save(request.vpcId, false, request.routes ?? [], request.tags ?? {});
  }

  /** The table that a VPC is born with. */
  createMain(vpcId: string): RouteTable {
    return this.save(vpcId, true, [], {});
  }

  deleteMain(vpcId: string): void {
    for (const table of this.list()) if (table.vpcId === vpcId && table.main) this.tables.delete(table.routeTableId);
  }

  find(routeTableId: string): RouteTable | undefined {
    return this.tables.get(routeTableId);
  }

  /** @throws AwsError `InvalidRouteTableID.NotFound` */
  get(routeTableId: string): RouteTable {
    const table = this.tables.get(routeTableId);
    if (!table) {
      throw new AwsError("InvalidRouteTableID.NotFound", `The routeTable ID '${routeTableId}' does not exist`);
    }
    return table;
  }

  list(): RouteTable[] {
    return this.tables.list();
  }

  modify(routeTableId: string, change: { routes?: Route[]; tags?: Tags }): RouteTable {
    const table = { ...this.get(routeTableId), ...change };
    this.tables.put(routeTableId, table);
    return table;
  }

  /** @throws AwsError `DependencyViolation` while a subnet is associated. */
  delete(routeTableId: string): void {
    this.get(routeTableId);
    if (this.associations.list().some((association) => association.routeTableId === routeTableId)) {
      throw new AwsError(
        "DependencyViolation",
        `The routeTable '${routeTableId}' has dependencies and cannot be deleted.`,
      );
    }
    this.tables.delete(routeTableId);
  }

  /** @throws AwsError `Resource.AlreadyAssociated` when the subnet already has a table of its own. */
  associate(request: { routeTableId: string; subnetId?: string; gatewayId?: string }): RouteTableAssociation {
    const table = this.get(request.routeTableId);
    const { subnetId } = request;
    if (subnetId !== undefined) {
      const subnet = this.subnets.get(subnetId);
      if (!subnet) throw new AwsError("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`);
      if (subnet.vpcId !== table.vpcId) {
        throw new AwsError(
          "InvalidParameterValue",
          `Route table ${table.routeTableId} and subnet ${subnetId} belong to different networks`,
        );
      }
      const other = this.associations.list().find((association) => association.subnetId === subnetId);
      if (other) {
        throw new AwsError(
          "Resource.AlreadyAssociated",
          `the specified association for route table ${table.routeTableId} conflicts with an existing association`,
        );
      }
    }
    const association = { associationId: newId("rtbassoc"), ...request };
    this.associations.put(association.associationId, association);
    return association;
  }

  associationsOf(routeTableId: string): RouteTableAssociation[] {
    return this.associations.list().filter((association) => association.routeTableId === routeTableId);
  }

  /** Points an association at another table (its id stays, unlike on AWS, where it is renewed unseen). */
  reassociate(associationId: string, routeTableId: string): void {
    const association = this.associations.get(associationId);
    if (!association) throw noAssociation(associationId);
    this.get(routeTableId);
    this.associations.put(associationId, { ...association, routeTableId });
  }

  disassociate(associationId: string): void {
    if (!this.associations.delete(associationId)) throw noAssociation(associationId);
  }

  private save(vpcId: string, main: boolean, routes: Route[], tags: Tags): RouteTable {
    const table: RouteTable = { routeTableId: newId("rtb"), vpcId, main, routes, tags };
    this.tables.put(table.routeTableId, table);
    return table;
  }
}

function noAssociation(id: string): AwsError {
  return new AwsError("InvalidAssociationID.NotFound", `The association ID '${id}' does not exist`);
}
