import { absent, recorded, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { allowedRegions } from "./allowed-regions";

const europe = { config: { regions: ["eu-central-1", "eu-west-*"] } };
const environment = { ...process.env };
beforeEach(() => {
  process.env.AWS_REGION = "us-east-1";
});
afterEach(() => {
  process.env = { ...environment };
});

testPolicy(
  allowedRegions,
  {
    provider: resource("pulumi:providers:aws", { region: "eu-central-1" }),
    vpc: resource("aws:ec2/vpc:Vpc", { region: "eu-west-1" }),
  },
  [
    violates("by the provider", { "provider.region": "us-east-1" }, /provider: region is us-east-1/, europe),
    violates("by the resource", { "vpc.region": "us-east-1" }, /vpc: region is us-east-1/, europe),
    violates(
      "by the resource, the provider's not known",
      { "vpc.region": "us-east-1", "provider.region": unknown },
      /vpc: region/,
      europe,
    ),
    violates(
      "by the environment",
      { "provider.region": absent },
      /region is us-east-1 \(from the environment\)/,
      europe,
    ),
    violates(
      "snapshots copied elsewhere",
      { copy: resource("aws:redshift/snapshotCopy:SnapshotCopy", { destinationRegion: "us-east-1" }) },
      /copy: destinationRegion is us-east-1/,
      europe,
    ),
    violates(
      "a replica of a table",
      {
        table: resource("aws:dynamodb/table:Table", {
          replicas: [{ regionName: unknown }, { regionName: "us-east-1" }],
        }),
      },
      /table: replicas\[1\] is in us-east-1/,
      europe,
    ),
    violates(
      "where a datashare is made",
      { share: recorded("pulumi-nodejs:dynamic/redshift:Datashare", { connection: { region: "us-east-1" } }) },
      /share: connection\.region is us-east-1/,
      europe,
    ),
    passes(
      "where a stranger's resource connects to",
      { feed: resource("pulumi-nodejs:dynamic/weather:Feed", { connection: { region: "us-east-1" } }) },
      europe,
    ),
    violates(
      "a replica of a global table",
      { table: resource("aws:dynamodb/globalTable:GlobalTable", { replicas: [{ regionName: "us-east-1" }] }) },
      /table: replicas\[0\] is in us-east-1/,
      europe,
    ),
    violates(
      "copied snapshots",
      { copy: resource("aws:redshift/snapshotCopy:SnapshotCopy", { destinationRegion: "us-east-1" }) },
      /copy: destinationRegion is us-east-1/,
      europe,
    ),
    violates(
      "a replica of a secret",
      { secret: resource("aws:secretsmanager/secret:Secret", { replicas: [{ region: "us-east-1" }] }) },
      /secret: replicas\[0\] is in us-east-1/,
      europe,
    ),
    undecided("a provider's not known yet", { "provider.region": unknown }, /region/, europe),
    undecided("a resource's not known yet", { "vpc.region": unknown }, /region/, europe),
    passes("that of the provider", { "vpc.region": absent }, europe),
    passes("of another cloud", { other: resource("gcp:compute/network:Network", { region: "us-east1" }) }, europe),
    passes("anywhere, while none are named", { "vpc.region": "us-east-1", "provider.region": absent }),
  ],
);
