import { Provider } from "@pulumi/aws";
import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Key } from "@pulumi/aws/kms";
import { bucket, cluster, keyArn, warehouse } from "../parts";
import { platform } from "../platform";
import { bad } from "../program";

bad("looks-away", { "no-ignored-security-changes": ["workgroup"] }, (name) => {
  warehouse(name, platform().subnetIds, { workgroupOptions: { ignoreChanges: ["publiclyAccessible"] } });
});
bad("looks-away-deeply", { "no-ignored-security-changes": ["workgroup"] }, (name) => {
  warehouse(name, platform().subnetIds, {
    workgroupOptions: { ignoreChanges: ["configParameters[0].parameterValue"] },
  });
});
bad("looks-away-from-key", { "no-ignored-security-changes": ["key"] }, (name) => {
  new Key(
    name("key"),
    { enableKeyRotation: true, deletionWindowInDays: 30 },
    { ignoreChanges: ["policy", "description"] },
  );
});
bad(
  "unprotected",
  { "protect-stateful": ["namespace"] },
  (name) => {
    warehouse(name, platform().subnetIds);
  },
  "prod",
);
bad(
  "unprotected-cluster",
  { "protect-stateful": ["cluster"] },
  (name) => void cluster(name, platform().subnetGroup),
  "prod",
);
bad(
  "unprotected-bucket",
  { "protect-stateful": ["bucket"] },
  (name) => {
    bucket(name, { bucketName: "acme-exports-1" });
  },
  "prod",
);
bad(
  "no-limit-prod",
  { "workgroup-usage-limit": ["workgroup"] },
  (name) => {
    warehouse(name, platform().subnetIds, { usageLimit: false, namespaceOptions: { protect: true } });
  },
  "prod",
);
bad(
  "untagged",
  { "required-tags": ["logs"] },
  (name) => {
    new LogGroup(name("logs"), { retentionInDays: 90, kmsKeyId: keyArn, tags: { project: "airline" } });
  },
  "acme",
);
bad(
  "elsewhere",
  { "allowed-regions": ["logs"] },
  (name) => {
    new LogGroup(name("logs"), { retentionInDays: 90, kmsKeyId: keyArn, region: "ap-south-1", tags: { owner: "bi" } });
  },
  "acme",
);
bad(
  "elsewhere-by-provider",
  { "allowed-regions": ["sydney"] },
  (name) => {
    const sydney = new Provider(name("sydney"), { region: "ap-southeast-2" });
    new LogGroup(name("logs"), { retentionInDays: 90, kmsKeyId: keyArn, tags: { owner: "bi" } }, { provider: sydney });
  },
  "acme",
);
bad(
  "waived-too-long",
  { "bucket-tls-only": ["bucket"] },
  (name) => {
    const landing = { bucketName: "acme-partners", tlsOnly: false } as const;
    bucket(name, landing, { owner: "bi" });
  },
  "acme",
);
