import type * as sts from "@aws-sdk/client-sts";
import { type Handlers, operationsOf } from "./handlers";

type Sts = Handlers<typeof sts>;

test("handlers of what AWS has not, or of other types, do not compile", async () => {
  // @ts-expect-error an operation that the service has not
  const unknown: Sts = { GetCaller: () => ({}) };
  // @ts-expect-error a member of another type
  const wrong: Sts = { GetCallerIdentity: () => ({ Account: 7 }) };
  // @ts-expect-error an input of another type
  const misread: Sts = { AssumeRole: ({ RoleArn }: { RoleArn: number }) => ({ PackedPolicySize: RoleArn }) };
  expect([unknown, wrong, misread].map((table) => Object.keys(table))).toEqual([
    ["GetCaller"],
    ["GetCallerIdentity"],
    ["AssumeRole"],
  ]);
});

test("an answer is a copy: times as text, nothing that is undefined", async () => {
  const { GetSessionToken } = operationsOf<typeof sts>({
    GetSessionToken: () => ({
      Credentials: {
        AccessKeyId: "a",
        SecretAccessKey: "YWJj",
        SessionToken: undefined,
        Expiration: new Date(0),
      },
    }),
  });
  const answer = await GetSessionToken?.({});
  expect(answer).toEqual({
    Credentials: { AccessKeyId: "a", SecretAccessKey: "YWJj", Expiration: "1970-01-01T00:00:00.000Z" },
  });
  expect(JSON.stringify(answer)).not.toContain("SessionToken");
});
