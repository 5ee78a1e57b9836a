import { Recorder } from "../testing/recorder";
import { Encryption } from "./encryption";
import { keyPolicy } from "./key-policy";

const scope = { accountId: "123456789012", region: "us-east-1", partition: "aws", namePrefix: "fleet-test" };

describe("Encryption", () => {
  test("makes one rotating key with an alias", async () => {
    const recorder = Recorder.start();
    new Encryption("encryption", { ...scope, deletionWindowDays: 7 });
    await recorder.settled();
    expect(recorder.inputsOf("aws:kms/key:Key", "encryption-key")).toMatchObject({
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 7,
    });
    expect(recorder.inputsOf("aws:kms/alias:Alias", "encryption-alias")).toMatchObject({
      name: "alias/fleet-test",
      targetKeyId: "encryption-key-id",
    });
  });

  test("has a policy without wildcard actions or principals, where whoever uses the key is bound by conditions", () => {
    for (const { Sid, Action, Principal, Condition } of keyPolicy(scope).Statement as {
      Sid: string;
      Action: string | string[];
      Principal: object;
      Condition?: object;
    }[]) {
      expect(JSON.stringify(Action)).not.toContain("*");
      expect(JSON.stringify(Principal)).not.toContain('"*"');
      if (Sid !== "Administration") expect(Condition).toBeDefined();
      else expect(JSON.stringify(Action)).not.toMatch(/Decrypt|Encrypt|GenerateDataKey|CreateGrant/);
    }
  });

  test("refuses a bad window and a bad account at once", () => {
    Recorder.start();
    expect(() => new Encryption("encryption", { ...scope, accountId: "1", deletionWindowDays: 3 })).toThrow(
      /2 faults[\s\S]*accountId[\s\S]*deletionWindowDays: must be a whole number of days from 7 to 30, but got 3/,
    );
  });
});
