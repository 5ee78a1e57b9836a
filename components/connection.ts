import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AssumedRole, Connection } from "@redshift-fleet/redshift";

interface RoleSettings {
  roleArn?: string;
  externalId?: string;
  sessionName?: string;
}

function assumedRoles(roles: readonly RoleSettings[] | undefined): AssumedRole[] {
  return (roles ?? []).flatMap(({ roleArn, externalId, sessionName }) =>
    roleArn ? [{ roleArn, ...(externalId ? { externalId } : {}), ...(sessionName ? { sessionName } : {}) }] : [],
  );
}

function connection(region?: string, profile?: string, roles?: readonly RoleSettings[]): Connection {
  const assumeRoles = assumedRoles(roles);
  return {
    ...(region ? { region } : {}),
    ...(profile ? { profile } : {}),
    ...(assumeRoles.length > 0 ? { assumeRoles } : {}),
  };
}

/**
 * Region, profile and roles of the default `aws` provider, from the stack's `aws:*` configuration. Credentials in that
 * configuration cannot be passed on, for they would end in the state: use a profile, the environment or a role.
 */
export function configuredConnection(): Connection {
  const config = new pulumi.Config("aws");
  if (config.get("accessKey") || config.get("secretKey")) {
    throw new pulumi.RunError(
      "aws:accessKey and aws:secretKey cannot be used with this program: SQL is sent by providers whose inputs are kept in the state. Remove them; set AWS_PROFILE, aws:profile, environment variables or aws:assumeRoles instead.",
    );
  }
  return connection(config.get("region"), config.get("profile"), config.getObject<RoleSettings[]>("assumeRoles"));
}

/** What a provider keeps of a list property: the list, or its JSON. */
function listOf(value: unknown): RoleSettings[] {
  const list: unknown = typeof value === "string" && value ? JSON.parse(value) : value;
  return Array.isArray(list) ? list : [];
}

/**
 * Where and as whom a component's SQL is sent: as the explicit `aws` provider that it was given, else as the default one.
 * Names of profiles and roles only, never credentials.
 */
export function connectionOf(component: pulumi.ComponentResource): pulumi.Input<Connection> {
  const provider = component.getProvider("aws:redshiftserverless/workgroup:Workgroup");
  if (!provider) return configuredConnection();
  const { region, profile } = provider as Provider;
  // The provider class has the property without declaring it.
  const roles: unknown = Reflect.get(provider, "assumeRoles");
  return pulumi.all([region, profile, pulumi.output(roles)]).apply(([r, p, list]) => connection(r, p, listOf(list)));
}
