import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { firehoseDelivery } from "./firehose-delivery";

const logging = { cloudwatchLoggingOptions: { enabled: true } };

testPolicy(
  firehoseDelivery,
  {
    stream: resource("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
      destination: "redshift",
      redshiftConfiguration: { secretsManagerConfiguration: { enabled: true }, ...logging },
    }),
  },
  [
    violates(
      "a password",
      { "stream.redshiftConfiguration.password": "hunter2" },
      /stream: redshiftConfiguration\.password is set/,
    ),
    violates("a password not known yet", { "stream.redshiftConfiguration.password": unknown }, /password is set/),
    violates(
      "a private key",
      { "stream.snowflakeConfiguration": { privateKey: "hunter2", ...logging } },
      /privateKey is set/,
    ),
    violates(
      "errors not logged",
      { "stream.redshiftConfiguration.cloudwatchLoggingOptions": absent },
      /cloudwatchLoggingOptions is not enabled/,
    ),
    violates(
      "logging off",
      { "stream.redshiftConfiguration.cloudwatchLoggingOptions.enabled": false },
      /is not enabled/,
    ),
    violates("S3 without logging", { "stream.extendedS3Configuration": {} }, /extendedS3Configuration\.cloudwatch/),
    violates(
      "a passphrase beside a destination not known",
      {
        "stream.redshiftConfiguration": unknown,
        "stream.snowflakeConfiguration": { keyPassphrase: "hunter2", ...logging },
      },
      /keyPassphrase is set/,
    ),
    violates("a token", { "stream.splunkConfiguration": { hecToken: "hunter2", ...logging } }, /hecToken is set/),
    violates(
      "an access key",
      { "stream.httpEndpointConfiguration": { accessKey: "hunter2", ...logging } },
      /accessKey is set/,
    ),
    undecided("a destination not known yet", { "stream.redshiftConfiguration": unknown }, /redshiftConfiguration/),
    undecided(
      "logging not known yet",
      { "stream.redshiftConfiguration.cloudwatchLoggingOptions": { enabled: unknown } },
      /enabled/,
    ),
    passes("S3", { "stream.redshiftConfiguration": absent, "stream.extendedS3Configuration": logging }),
  ],
);
