import { Consumer } from "../consumer";
import { known, Recorder, testPlace } from "../testing/recorder";

const parametersType = "pulumi-nodejs:dynamic/redshift:WorkgroupParameters";

async function made(settings: Partial<ConstructorParameters<typeof Consumer>[1]> = {}) {
  const recorder = Recorder.start();
  const consumer = new Consumer("reporting", { ...testPlace(), ...settings });
  const workgroupName = await known(consumer.target.workgroupName);
  await recorder.settled();
  return { recorder, consumer, workgroupName };
}

describe("a serverless warehouse", () => {
  test("leaves the workgroup's own config parameters alone, and sets them by a resource of ours", async () => {
    const { recorder, consumer, workgroupName } = await made({ requireSsl: false, monitoring: { maxScanRowCount: 5 } });
    expect(recorder.inputsOf("aws:redshiftserverless/workgroup:Workgroup", "reporting-workgroup")).not.toHaveProperty(
      "configParameters",
    );
    expect(recorder.inputsOf(parametersType, "reporting-parameters")).toMatchObject({
      workgroupName: consumer.warehouseName,
      parameters: { require_ssl: "false", max_scan_row_count: "5" },
    });
    expect(workgroupName).toBe(consumer.warehouseName);
  });

  test("does one thing after the other to a workgroup", async () => {
    const { recorder } = await made({ usageLimit: { rpuHours: 1 } });
    const order = recorder.resources.map(({ name }) => name).filter((name) => /^reporting-/.test(name));
    expect(order).toEqual([
      "reporting-namespace",
      "reporting-workgroup",
      "reporting-parameters",
      "reporting-usage",
      "reporting-a",
      "reporting-b",
      "reporting-c",
    ]);
  });

  test("has its roles taken away where it is given none", async () => {
    const { recorder } = await made();
    const namespace = recorder.inputsOf("aws:redshiftserverless/namespace:Namespace", "reporting-namespace");
    expect(namespace.iamRoles).toEqual([]);
    expect(namespace.defaultIamRoleArn).toBeUndefined();
  });
});
