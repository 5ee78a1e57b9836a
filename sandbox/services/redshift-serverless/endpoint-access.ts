import { length, matches, set, string } from "../../provider/resource/property";
import { isMap, maps, text } from "../../provider/values";
import { resource } from "./resource";

/**
 * https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/endpointaccess/
 * Nothing is tried again where something else is under way: internal/service/redshiftserverless/endpoint_access.go of
 * hashicorp/terraform-provider-aws does not either; nor does usage_limit.go.
 */
export const endpointAccess = resource({
  token: "aws:redshiftserverless/endpointAccess:EndpointAccess",
  label: "Redshift Serverless Endpoint Access",
  properties: {
    endpointName: string(
      { required: true, replaces: true },
      length(1, 30),
      matches(
        /^[a-z](-?[a-z0-9])*$/,
        "expected lower-case letters, digits and single hyphens, beginning with a letter",
      ),
    ),
    ownerAccount: string({}, matches(/^\d{12}$/, "expected an account id of 12 digits")),
    subnetIds: set({ required: true, replaces: true }),
    vpcSecurityGroupIds: set({ computed: true }),
    workgroupName: string({ required: true, replaces: true }),
  },
  outputs: ["address", "arn", "port", "vpcEndpoints"],
  id: "endpointName",
  members: { arn: "endpointArn" },
  create: [
    "CreateEndpointAccess",
    ...["endpointName", "workgroupName", "subnetIds", "vpcSecurityGroupIds", "ownerAccount"],
  ],
  read: { operation: "GetEndpointAccess", at: "endpoint" },
  until: ["active", ({ endpointStatus }) => endpointStatus === "ACTIVE"],
  state: (found) => ({
    vpcEndpoints: isMap(found.vpcEndpoint) ? [found.vpcEndpoint] : [],
    vpcSecurityGroupIds: maps(found, "vpcSecurityGroups").map((group) => text(group, "vpcSecurityGroupId")),
  }),
  update: [["UpdateEndpointAccess", "vpcSecurityGroupIds"]],
  delete: "DeleteEndpointAccess",
  deletedLater: true,
});
