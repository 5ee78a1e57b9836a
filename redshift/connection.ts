import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { RedshiftServerlessClient } from "@aws-sdk/client-redshift-serverless";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import {
  createCredentialChain,
  fromEnv,
  fromIni,
  fromTemporaryCredentials,
  fromTokenFile,
} from "@aws-sdk/credential-providers";

/** What is asked of the session that a role is assumed for. */
interface RoleSession {
  sessionName?: string;
  durationSeconds?: number;
  /** JSON of a policy that narrows the session's rights, and ARNs of such policies. */
  policy?: string;
  policyArns?: string[];
}

/** A role to assume on the way to the account, in order. */
export interface AssumedRole extends RoleSession {
  roleArn: string;
  externalId?: string;
  sourceIdentity?: string;
  tags?: Record<string, string>;
  transitiveTagKeys?: string[];
}

/** The role that an identity provider's token opens. The file holds the token and is read whenever it is needed. */
export interface WebIdentityRole extends RoleSession {
  roleArn: string;
  tokenFile: string;
}

/** The services that operations call, by the names that AWS signs requests with. */
export type ServiceName = "redshift-data" | "redshift-serverless" | "secretsmanager" | "elasticloadbalancing" | "sts";

/**
 * Where and as whom AWS is called. Names of credentials only, never credentials: it is kept in state.
 * Where nothing says who, the SDK's default chain applies (environment, shared files, SSO, instance role).
 */
export interface Connection {
  /** Default: AWS_REGION or the profile's Region. */
  region?: string;
  profile?: string;
  /** In place of ~/.aws/config and ~/.aws/credentials. */
  sharedConfigFile?: string;
  sharedCredentialsFile?: string;
  assumeRoleWithWebIdentity?: WebIdentityRole;
  assumeRoles?: AssumedRole[];
  /** Default: `region`. */
  stsRegion?: string;
  /** URLs in place of AWS's own. */
  endpoints?: Partial<Record<ServiceName, string>>;
}

type Credentials = ReturnType<typeof fromTemporaryCredentials> | ReturnType<typeof fromIni> | undefined;

const defaultSession = "redshift-fleet";

/** Who is asked first, in the order of the AWS provider (aws-sdk-go-base): a token, a profile, the environment, files. */
function baseCredentials(connection: Connection): Credentials {
  const { profile, sharedConfigFile, sharedCredentialsFile, assumeRoleWithWebIdentity: web } = connection;
  if (web)
    return fromTokenFile({
      webIdentityTokenFile: web.tokenFile,
      roleArn: web.roleArn,
      roleSessionName: web.sessionName ?? defaultSession,
      durationSeconds: web.durationSeconds,
      policy: web.policy,
      policyArns: web.policyArns?.map((arn) => ({ arn })),
      clientConfig: stsConfig(connection),
    });
  const fromFiles = fromIni({
    profile,
    configFilepath: sharedConfigFile,
    filepath: sharedCredentialsFile,
    clientConfig: stsConfig(connection),
  });
  if (profile) return fromFiles;
  return sharedConfigFile || sharedCredentialsFile ? createCredentialChain(fromEnv(), fromFiles) : undefined;
}

function credentials(connection: Connection): Credentials {
  let chain = baseCredentials(connection);
  for (const role of connection.assumeRoles ?? []) {
    chain = fromTemporaryCredentials({
      masterCredentials: chain,
      params: {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? defaultSession,
        ExternalId: role.externalId,
        DurationSeconds: role.durationSeconds,
        Policy: role.policy,
        PolicyArns: role.policyArns?.map((arn) => ({ arn })),
        SourceIdentity: role.sourceIdentity,
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys,
      },
      clientConfig: stsConfig(connection),
    });
  }
  return chain;
}

function stsConfig({ region, stsRegion, endpoints }: Connection) {
  return { region: stsRegion ?? region, ...(endpoints?.sts ? { endpoint: endpoints.sts } : {}) };
}

/** Settings of the SDK's client of a service that should act as `connection` says. */
export function clientConfig(connection: Connection, service: ServiceName) {
  const chain = credentials(connection);
  const endpoint = connection.endpoints?.[service];
  return {
    ...(connection.region ? { region: connection.region } : {}),
    ...(chain ? { credentials: chain } : {}),
    ...(endpoint ? { endpoint } : {}),
    maxAttempts: 4,
  };
}

/** One client, and so one pool of sockets and one set of credentials, per connection and process. */
function perConnection<Client>(make: (connection: Connection) => Client): (connection: Connection) => Client {
  const clients = new Map<string, Client>();
  return (connection) => {
    const key = JSON.stringify(connection);
    const client = clients.get(key) ?? make(connection);
    clients.set(key, client);
    return client;
  };
}

export const dataClient = perConnection((given) => new RedshiftDataClient(clientConfig(given, "redshift-data")));
export const secretsClient = perConnection((given) => new SecretsManagerClient(clientConfig(given, "secretsmanager")));
export const serverlessClient = perConnection(
  (given) => new RedshiftServerlessClient(clientConfig(given, "redshift-serverless")),
);
