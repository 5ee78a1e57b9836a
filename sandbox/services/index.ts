import { ec2 } from "./ec2/service";
import { elbv2 } from "./elbv2/service";
import { generic } from "./generic/service";
import { iam } from "./iam/service";
import { kms } from "./kms/service";
import { logs } from "./logs/service";
import { redshiftData } from "./redshift-data/service";
import { redshiftServerless } from "./redshift-serverless/service";
import { s3 } from "./s3/service";
import { secretsManager } from "./secretsmanager/service";
import type { Service } from "./service";
import { sqs } from "./sqs/service";
import { sts } from "./sts/service";

/** The services of the sandbox, in the order in which they go on after a start; they end in the opposite order. */
export const services: readonly Service[] = [
  sts,
  iam,
  kms,
  secretsManager,
  ec2,
  logs,
  s3,
  sqs,
  redshiftServerless,
  redshiftData,
  elbv2,
  generic,
];

/** What programs know of the services: the types and functions of Pulumi's package `aws`, by token. */
export const catalogue = {
  resources: new Map(services.flatMap(({ resources = [] }) => resources.map((type) => [type.token, type] as const))),
  functions: new Map(services.flatMap(({ functions = {} }) => Object.entries(functions))),
  /** The name of the service that a type or a function belongs to. */
  owners: new Map(
    services.flatMap((one) => [
      ...(one.resources ?? []).map(({ token }) => [token, one.name] as const),
      ...Object.keys(one.functions ?? {}).map((token) => [token, one.name] as const),
    ]),
  ),
} as const;
