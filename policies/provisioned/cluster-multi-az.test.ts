import { absent, resource, unknown } from "../testing/fixture";
import { advises, passes, testPolicy, undecided, violates } from "../testing/table";
import { clusterMultiAz } from "./cluster-multi-az";

const prod = { stack: "prod" };

testPolicy(
  clusterMultiAz,
  {
    dw: resource("aws:redshift/cluster:Cluster", {
      clusterIdentifier: "dw",
      nodeType: "ra3.4xlarge",
      numberOfNodes: 2,
      multiAz: true,
    }),
  },
  [
    violates("off in production", { "dw.multiAz": false }, /dw: multiAz is false/, prod),
    violates("left to the default in production", { "dw.multiAz": absent }, /not set, which means false/, prod),
    violates(
      "only relocatable in production",
      { "dw.multiAz": absent, "dw.availabilityZoneRelocationEnabled": true },
      /multiAz/,
      prod,
    ),
    advises("off elsewhere", { "dw.multiAz": false }, /multiAz is false/),
    undecided("not known yet", { "dw.multiAz": unknown }, /multiAz/, prod),
    passes("relocatable elsewhere", { "dw.multiAz": absent, "dw.availabilityZoneRelocationEnabled": true }),
    passes("on in production", {}, prod),
  ],
);
