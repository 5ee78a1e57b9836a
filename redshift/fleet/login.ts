/** What a Redshift secret holds that a client needs. Managed admin secrets have no more than these two. */
export interface Login {
  username: string;
  password: string;
}

/** Reads who may log in from Secrets Manager. The ARN names the Region, so that no other setting is needed. */
export async function readLogin(secretArn: string): Promise<Login> {
  // Loaded here: whoever reads no secret should not wait for the SDK.
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const region = secretArn.split(":")[3];
  const client = new SecretsManagerClient({ region, maxAttempts: 3 });
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return parseLogin(answer.SecretString ?? "");
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it holds no login" : String(error);
    throw new Error(`Cannot read the secret ${secretArn}: ${reason}`);
  } finally {
    client.destroy();
  }
}

function parseLogin(secret: string): Login {
  const { username, password }: Partial<Record<string, unknown>> = JSON.parse(secret);
  if (typeof username === "string" && typeof password === "string") return { username, password };
  throw new SyntaxError("no username and password");
}
