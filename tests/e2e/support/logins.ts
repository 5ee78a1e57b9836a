import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Login } from "./clients";
import type { Fleet } from "./fleet";

/** A place of the stack's outputs where somebody can log in. */
export interface Address {
  host: string;
  port: number;
  database: string;
  secretArn: string;
}

/** The login that an address's secret holds, as `fleet connect --json` tells it. */
export async function loginOf({ environment }: Fleet, { host, port, database, secretArn }: Address): Promise<Login> {
  const client = new SecretsManagerClient({
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
  });
  try {
    const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const { username, password } = JSON.parse(SecretString) as { username: string; password: string };
    return { host, port, database, user: username, password };
  } finally {
    client.destroy();
  }
}
