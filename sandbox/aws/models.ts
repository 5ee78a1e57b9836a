import type { Ec2 } from "../services/ec2/network";
import { ec2 } from "../services/ec2/service";
import { type Generic, generic } from "../services/generic/service";
import { type Iam, iam } from "../services/iam/service";
import type { Kms } from "../services/kms/keys";
import { kms } from "../services/kms/service";
import { type Logs, logs } from "../services/logs/service";
import type { OpenServices } from "../services/open-services";
import { type S3, s3 } from "../services/s3/service";

/** The services of the account that are pure records. */
export interface AccountModels {
  ec2: Ec2;
  iam: Iam;
  kms: Kms;
  logs: Logs;
  s3: S3;
  generic: Generic;
}

export function modelsOf(services: Pick<OpenServices, "use">): AccountModels {
  return {
    ec2: services.use(ec2),
    iam: services.use(iam),
    kms: services.use(kms),
    logs: services.use(logs),
    s3: services.use(s3),
    generic: services.use(generic),
  };
}
