import { randomBytes } from "node:crypto";
import type { Credentials } from "@aws-sdk/client-sts";
import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import { type Input, type Output, operationsOf } from "../../aws/handlers";
import type { AwsService } from "../../aws/service";
import { defineService } from "../service";
import { functions } from "./functions";

type Sdk = typeof import("@aws-sdk/client-sts");

/** Security Token Service: whoever calls is the sandbox's one user; any role of the account can be assumed. */
export class Sts implements AwsService {
  readonly operations = operationsOf<Sdk>({
    GetCallerIdentity: () => ({
      UserId: "AIDASANDBOX",
      Account: this.account.accountId,
      Arn: this.account.arn("iam", "user/sandbox", { region: "" }),
    }),
    AssumeRole: this.assumeRole.bind(this),
    GetSessionToken: () => ({ Credentials: temporaryCredentials(43_200) }),
  });

  constructor(private readonly account: Account) {}

  private assumeRole(input: Input<Sdk, "AssumeRole">): Output<Sdk, "AssumeRole"> {
    const name = /^arn:[^:]+:iam::\d{12}:role\/(.+)$/.exec(input.RoleArn ?? "")?.[1];
    if (!name) throw new AwsError("ValidationError", `"${input.RoleArn ?? ""}" is not the ARN of a role.`);
    const session = input.RoleSessionName ?? "session";
    return {
      Credentials: temporaryCredentials(input.DurationSeconds ?? 3_600),
      AssumedRoleUser: {
        AssumedRoleId: `AROASANDBOX:${session}`,
        Arn: this.account.arn("sts", `assumed-role/${name}/${session}`, { region: "" }),
      },
    };
  }
}

function temporaryCredentials(seconds: number): Credentials {
  return {
    AccessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
    SecretAccessKey: randomBytes(30).toString("base64"),
    SessionToken: randomBytes(48).toString("base64"),
    Expiration: new Date(Date.now() + seconds * 1_000),
  };
}

export const sts = defineService({
  name: "sts",
  api: {
    form: "xml",
    async client(config) {
      const sdk = await import("@aws-sdk/client-sts");
      return [sdk, new sdk.STSClient(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: ({ account }) => new Sts(account),
  operations: ({ operations }) => operations,
  functions,
});
