import { Ec2 } from "../services/ec2/service";
import { Generic } from "../services/generic/service";
import { Iam } from "../services/iam/service";
import { Kms } from "../services/kms/service";
import { Logs } from "../services/logs/service";
import { S3 } from "../services/s3/service";
import type { Context, ReachableAddresses } from "./context";

/** The services of the account that are pure records. */
export interface AccountModels {
  ec2: Ec2;
  iam: Iam;
  kms: Kms;
  logs: Logs;
  s3: S3;
  generic: Generic;
}

export function createAccountModels(context: Context, addresses: ReachableAddresses): AccountModels {
  return {
    ec2: new Ec2(context, addresses),
    iam: new Iam(context),
    kms: new Kms(context),
    logs: new Logs(context),
    s3: new S3(context),
    generic: new Generic(context),
  };
}
