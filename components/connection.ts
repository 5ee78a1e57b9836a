import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { AssumedRole, Connection, ServiceName, WebIdentityRole } from "@redshift-fleet/redshift";

/** What the `aws` provider's configuration says of where and as whom it works, as far as its state may be known. */
interface ProviderSettings {
  region?: string;
  profile?: string;
  stsRegion?: string;
  sharedConfigFiles?: readonly string[];
  sharedCredentialsFiles?: readonly string[];
  assumeRoles?: readonly RoleSettings[];
  assumeRoleWithWebIdentity?: WebIdentitySettings;
  endpoints?: readonly Readonly<Record<string, string | undefined>>[];
  accessKey?: string;
  secretKey?: string;
}

interface SessionSettings {
  roleArn?: string;
  sessionName?: string;
  /** As Go writes durations: `1h30m`. */
  duration?: string;
  policy?: string;
  policyArns?: string[];
}
interface RoleSettings extends SessionSettings {
  externalId?: string;
  sourceIdentity?: string;
  tags?: Record<string, string>;
  transitiveTagKeys?: string[];
}
interface WebIdentitySettings extends SessionSettings {
  webIdentityToken?: string;
  webIdentityTokenFile?: string;
}

const settingNames = [
  "region",
  "profile",
  "stsRegion",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "endpoints",
  "accessKey",
  "secretKey",
] as const;

/** Names of services in the provider's `endpoints`, by the services' own. */
const endpointNames: Readonly<Record<ServiceName, readonly string[]>> = {
  "redshift-data": ["redshiftdata", "redshiftdataapiservice"],
  "redshift-serverless": ["redshiftserverless"],
  secretsmanager: ["secretsmanager"],
  elasticloadbalancing: ["elbv2", "elasticloadbalancingv2"],
  sts: ["sts"],
};

/** The members that have a value: the engine's wire format has no undefined. */
function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== "")) as T;
}

/** A duration as Go writes it, in seconds. */
function secondsOf(duration: string | undefined): number | undefined {
  if (!duration) return undefined;
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, µs: 1e-6, ns: 1e-9 };
  const parts = [...duration.matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)];
  return Math.round(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0));
}

function assumedRole({ duration, ...role }: RoleSettings): AssumedRole[] {
  const { roleArn } = role;
  return roleArn ? [given({ ...role, roleArn, durationSeconds: secondsOf(duration) })] : [];
}

function webIdentityRole(settings: WebIdentitySettings | undefined): WebIdentityRole | undefined {
  if (!settings?.roleArn) return undefined;
  const { webIdentityToken, webIdentityTokenFile, duration, roleArn, ...session } = settings;
  if (webIdentityToken || !webIdentityTokenFile)
    throw secretsRefused(
      "assumeRoleWithWebIdentity.webIdentityToken",
      "Write the token to a file and set webIdentityTokenFile instead",
    );
  return given({ ...session, roleArn, tokenFile: webIdentityTokenFile, durationSeconds: secondsOf(duration) });
}

function onlyFile(name: string, files: readonly string[] | undefined): string | undefined {
  if (files && files.length > 1)
    throw new pulumi.RunError(
      `aws:${name} must name one file for this program: its own providers read their settings with AWS's SDK, which takes one. Put the profiles into one file.`,
    );
  return files?.[0];
}

function endpointsOf(settings: ProviderSettings["endpoints"]): Connection["endpoints"] {
  const urls = Object.assign({}, ...(settings ?? [])) as Record<string, string | undefined>;
  const found = Object.entries(endpointNames).flatMap(([service, names]) => {
    const url = names.map((name) => urls[name]).find(Boolean);
    return url ? [[service, url]] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function secretsRefused(what: string, remedy: string): Error {
  return new pulumi.RunError(
    `aws:${what} cannot be used with this program: SQL is sent by providers whose inputs are kept in the state. ${remedy}.`,
  );
}

/** @throws pulumi.RunError for credentials themselves: they would end in the state. */
function connection(settings: ProviderSettings): Connection {
  if (settings.accessKey || settings.secretKey)
    throw secretsRefused(
      "accessKey and aws:secretKey",
      "Remove them; set AWS_PROFILE, aws:profile, environment variables or aws:assumeRoles instead",
    );
  const assumeRoles = (settings.assumeRoles ?? []).flatMap(assumedRole);
  return given<Connection>({
    region: settings.region,
    profile: settings.profile,
    stsRegion: settings.stsRegion,
    sharedConfigFile: onlyFile("sharedConfigFiles", settings.sharedConfigFiles),
    sharedCredentialsFile: onlyFile("sharedCredentialsFiles", settings.sharedCredentialsFiles),
    assumeRoleWithWebIdentity: webIdentityRole(settings.assumeRoleWithWebIdentity),
    assumeRoles: assumeRoles.length > 0 ? assumeRoles : undefined,
    endpoints: endpointsOf(settings.endpoints),
  });
}

/**
 * Region, profile, files, roles and endpoints of the default `aws` provider, from the stack's `aws:*` configuration.
 * Credentials in that configuration cannot be passed on, for they would end in the state: use a profile, the environment
 * or a role.
 */
export function configuredConnection(): Connection {
  const config = new pulumi.Config("aws");
  return connection(Object.fromEntries(settingNames.map((name) => [name, parsed(config.get(name))])));
}

/** What a provider or the configuration keeps of a property: a text, or the JSON of anything else. */
function parsed(value: unknown): unknown {
  return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

/**
 * Where and as whom a component's operations are sent: as the explicit `aws` provider that it was given, else as the
 * default one. Names of profiles, files and roles only, never credentials.
 */
export function connectionOf(component: pulumi.ComponentResource): pulumi.Input<Connection> {
  const provider: Provider | undefined = component.getProvider(
    "aws:redshiftserverless/workgroup:Workgroup",
  ) as Provider;
  if (!provider) return configuredConnection();
  // The provider class has these properties without declaring all of them.
  const settings = Object.fromEntries(settingNames.map((name) => [name, Reflect.get(provider, name)]));
  return pulumi
    .output(settings)
    .apply((values) => connection(Object.fromEntries(settingNames.map((name) => [name, parsed(values[name])]))));
}
