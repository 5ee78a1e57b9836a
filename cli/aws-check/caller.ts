import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Problem } from "../terminal/terminal";

/** Who the shell's credentials are. */
export async function callerOf(region: string): Promise<{ account: string; arn: string }> {
  const client = new STSClient({ region, maxAttempts: 3 });
  try {
    const { Account = "", Arn = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } catch (error) {
    throw new Problem(`There are no credentials that AWS accepts: ${error instanceof Error ? error.message : error}`);
  } finally {
    client.destroy();
  }
}
