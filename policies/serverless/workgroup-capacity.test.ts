import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupCapacity } from "./workgroup-capacity";

testPolicy(
  workgroupCapacity,
  {
    wg: resource("aws:redshiftserverless/workgroup:Workgroup", {
      workgroupName: "bi",
      baseCapacity: 32,
      maxCapacity: 64,
    }),
  },
  [
    violates("too small a base", { "wg.baseCapacity": 4 }, /baseCapacity is 4, less than 8/),
    violates(
      "too large a base",
      { "wg.baseCapacity": 1024, "wg.maxCapacity": unknown },
      /baseCapacity is 1024, more than 512/,
    ),
    violates("too large a maximum", { "wg.maxCapacity": 1024 }, /maxCapacity is 1024, more than 512/),
    violates("a maximum below the base", { "wg.maxCapacity": 16 }, /maxCapacity is 16, less than baseCapacity \(32\)/),
    violates("no maximum", { "wg.maxCapacity": absent }, /maxCapacity is not set/),
    violates(
      "no maximum, base not known",
      { "wg.maxCapacity": absent, "wg.baseCapacity": unknown },
      /maxCapacity is not set/,
    ),
    violates("bounds of the organization", {}, /more than 48/, { config: { maximum: 48 } }),
    violates(
      "AWS's own base, where it is too large",
      { "wg.baseCapacity": absent, "wg.maxCapacity": 256 },
      /baseCapacity is not set, which means 128, more than 64/,
      { config: { maximumBase: 64 } },
    ),
    passes(
      "a base that AWS chooses by price and performance",
      { "wg.baseCapacity": absent, "wg.pricePerformanceTarget": { enabled: true, level: 50 } },
      { config: { maximumBase: 64 } },
    ),
    undecided("a base not known yet", { "wg.baseCapacity": unknown }, /baseCapacity/),
    undecided("a maximum not known yet", { "wg.maxCapacity": unknown }, /maxCapacity/),
    passes("at the bounds", { "wg.baseCapacity": 8, "wg.maxCapacity": 512 }),
    passes("the largest base", { "wg.baseCapacity": 512, "wg.maxCapacity": 512 }),
    passes("AWS's own base", { "wg.baseCapacity": absent }),
    passes("no maximum where none is asked", { "wg.maxCapacity": absent }, { config: { requireMaximum: false } }),
  ],
);
