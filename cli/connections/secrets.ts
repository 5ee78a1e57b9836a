import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { Problem } from "../terminal/terminal";

/** What a Redshift secret holds that a client needs. Managed admin secrets have no more than these two. */
const Login = z.object({ username: z.string(), password: z.string() });
export type Login = z.infer<typeof Login>;

/** Reads who may log in from Secrets Manager. The ARN names the Region, so that no other setting is needed. */
export async function readLogin(secretArn: string): Promise<Login> {
  const region = secretArn.split(":")[3];
  const client = new SecretsManagerClient({ region, maxAttempts: 3 });
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return Login.parse(JSON.parse(answer.SecretString ?? ""));
  } catch (error) {
    const reason = error instanceof z.ZodError || error instanceof SyntaxError ? "it holds no login" : String(error);
    throw new Problem(`Cannot read the secret ${secretArn}: ${reason}`);
  } finally {
    client.destroy();
  }
}
