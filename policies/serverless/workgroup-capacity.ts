import { flag, integer } from "../framework/config";
import { definePolicy } from "../framework/policy";

/** What AWS gives a workgroup that asks for nothing, in RPUs. */
const defaultBase = 128;

export const workgroupCapacity = definePolicy({
  name: "workgroup-capacity",
  area: "serverless",
  entry: 14,
  description: "A Redshift Serverless workgroup must have a base and a maximum capacity within bounds.",
  why: "without a maximum a single query may scale the workgroup, and the bill, as far as AWS goes",
  mend: "set baseCapacity and maxCapacity (RPUs) within the bounds",
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html",
  parameters: {
    minimumBase: integer(8, "The smallest base capacity, in RPUs.", 4, 1024),
    maximumBase: integer(512, "The largest base capacity, in RPUs.", 4, 1024),
    maximum: integer(512, "The largest maximum capacity, in RPUs.", 4, 5632),
    requireMaximum: flag(true, "Whether maxCapacity must be set."),
  },
  types: ["aws:redshiftserverless/workgroup:Workgroup"],
  checks: [
    (workgroup, { config, violation }) => {
      const given = workgroup.number("baseCapacity");
      // With a price-performance target AWS chooses the capacity by itself.
      if (given === undefined && workgroup.given("pricePerformanceTarget")) return;
      const base = given ?? defaultBase;
      const what = `baseCapacity is ${given ?? `not set, which means ${base}`}`;
      if (base < config.minimumBase) violation(`${what}, less than ${config.minimumBase} RPUs`);
      if (base > config.maximumBase) violation(`${what}, more than ${config.maximumBase} RPUs`);
    },
    (workgroup, { config, violation }) => {
      const maximum = workgroup.number("maxCapacity");
      if (maximum === undefined) {
        if (config.requireMaximum) violation("maxCapacity is not set");
      } else if (maximum > config.maximum) violation(`maxCapacity is ${maximum}, more than ${config.maximum} RPUs`);
    },
    (workgroup, { violation }) => {
      const base = workgroup.number("baseCapacity");
      const maximum = workgroup.number("maxCapacity");
      if (base !== undefined && maximum !== undefined && maximum < base) {
        violation(`maxCapacity is ${maximum}, less than baseCapacity (${base})`);
      }
    },
  ],
});
