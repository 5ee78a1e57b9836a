import type { OpenServices } from "../services/open-services";
import { type S3, s3 } from "../services/s3/service";

/** What resource types still reach into: it goes when S3 has operations. */
export interface AccountModels {
  s3: S3;
}

export function modelsOf(services: Pick<OpenServices, "use">): AccountModels {
  return { s3: services.use(s3) };
}
