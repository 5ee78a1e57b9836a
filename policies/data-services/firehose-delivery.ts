import { everyOne } from "../framework/peek";
import { definePolicy } from "../framework/policy";

/** The destinations a delivery stream may have; each logs its own errors. */
const destinationKinds = [
  "redshiftConfiguration",
  "extendedS3Configuration",
  "httpEndpointConfiguration",
  "icebergConfiguration",
  "opensearchConfiguration",
  "opensearchserverlessConfiguration",
  "snowflakeConfiguration",
  "splunkConfiguration",
  "elasticsearchConfiguration",
] as const;

/** Where a destination takes a secret inline; each may take it from Secrets Manager instead. */
const secretProperties = [
  ["redshiftConfiguration", "password"],
  ["snowflakeConfiguration", "privateKey"],
  ["snowflakeConfiguration", "keyPassphrase"],
  ["splunkConfiguration", "hecToken"],
  ["httpEndpointConfiguration", "accessKey"],
] as const;

export const firehoseDelivery = definePolicy({
  name: "firehose-delivery",
  area: "data-services",
  entry: 42,
  description: "A Firehose stream must take its password from Secrets Manager and log what it fails to deliver.",
  why: "a password given inline is in state and logs, and rows that were refused vanish without a word",
  mend: "replace the password, key or token by secretsManagerConfiguration, and set cloudwatchLoggingOptions.enabled to true",
  severity: "high",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/firehose/latest/dev/using-secrets-manager.html",
  types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  checks: [
    (stream, { violation }) => {
      everyOne(secretProperties, ([destination, key]) => {
        if (stream.child(destination)?.given(key)) violation(`${destination}.${key} is set`);
      });
    },
    (stream, { violation }) => {
      for (const key of destinationKinds) {
        const destination = stream.child(key);
        if (!destination) continue;
        if (destination.child("cloudwatchLoggingOptions")?.flag("enabled") !== true) {
          violation(`${key}.cloudwatchLoggingOptions is not enabled`);
        }
      }
    },
  ],
});
