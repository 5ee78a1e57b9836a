import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromIni, fromTemporaryCredentials } from "@aws-sdk/credential-providers";

/** A role to assume on the way to the account, in order. */
export interface AssumedRole {
  roleArn: string;
  externalId?: string;
  sessionName?: string;
}

/**
 * Where and as whom AWS is called. Names of credentials only, never credentials: it is kept in state.
 * Without a profile the SDK's default chain applies (environment, shared files, SSO, instance role).
 */
export interface Connection {
  /** Default: AWS_REGION or the profile's Region. */
  region?: string;
  profile?: string;
  assumeRoles?: AssumedRole[];
}

/** A database reached through the Redshift Data API. */
export interface DatabaseTarget {
  /** Serverless workgroup; exactly one of this and `clusterIdentifier`. */
  workgroupName?: string;
  /** Provisioned cluster. */
  clusterIdentifier?: string;
  database: string;
  /** Secret with `username` and `password` of the user to run as. */
  secretArn: string;
}

/** One line that names a database in errors and as the key of its lane. */
export function describeTarget(target: DatabaseTarget): string {
  return `${target.workgroupName ?? target.clusterIdentifier}/${target.database}`;
}

type Credentials = ReturnType<typeof fromTemporaryCredentials> | ReturnType<typeof fromIni> | undefined;

function credentials(connection: Connection): Credentials {
  let chain: Credentials = connection.profile ? fromIni({ profile: connection.profile }) : undefined;
  for (const role of connection.assumeRoles ?? []) {
    chain = fromTemporaryCredentials({
      masterCredentials: chain,
      params: {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "redshift-fleet",
        ExternalId: role.externalId,
      },
      clientConfig: { region: connection.region },
    });
  }
  return chain;
}

/** Settings of any AWS SDK client that should act as `connection` says. */
export function clientConfig(connection: Connection) {
  const chain = credentials(connection);
  return {
    ...(connection.region ? { region: connection.region } : {}),
    ...(chain ? { credentials: chain } : {}),
    maxAttempts: 4,
  };
}

const dataClients = new Map<string, RedshiftDataClient>();
const secretsClients = new Map<string, SecretsManagerClient>();

/** One client, and so one pool of sockets and one set of credentials, per connection and process. */
export function dataClient(connection: Connection): RedshiftDataClient {
  const key = JSON.stringify(connection);
  let client = dataClients.get(key);
  if (!client) {
    client = new RedshiftDataClient(clientConfig(connection));
    dataClients.set(key, client);
  }
  return client;
}

/** See {@link dataClient}. */
export function secretsClient(connection: Connection): SecretsManagerClient {
  const key = JSON.stringify(connection);
  let client = secretsClients.get(key);
  if (!client) {
    client = new SecretsManagerClient(clientConfig(connection));
    secretsClients.set(key, client);
  }
  return client;
}
