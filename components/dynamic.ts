import { ConsumerDatabase } from "./datashare/consumer-database";
import { DatashareGrant } from "./datashare/datashare-grant";
import { DatashareResource } from "./datashare/datashare-resource";
import { Placement } from "./placement/placement";
import { DrainGate } from "./read-balancer/drain-gate";
import { HealthGate } from "./read-balancer/health-gate";
import { ReaderAccess } from "./readers/reader-access";
import { ReaderSecret } from "./readers/reader-secret";
import { SchemaMigrations } from "./schema/schema-migrations";
import { WorkgroupParameters } from "./warehouse/workgroup-parameters";

/**
 * Every dynamic resource by the name in its states, for the process that runs them and nobody else. It is compiled to
 * dist/lifecycle/index.js, the path that states lead to.
 */
export const lifecycles = {
  datashare: DatashareResource.methods,
  grant: DatashareGrant.methods,
  consumerDatabase: ConsumerDatabase.methods,
  secret: ReaderSecret.methods,
  access: ReaderAccess.methods,
  migrations: SchemaMigrations.methods,
  drain: DrainGate.methods,
  parameters: WorkgroupParameters.methods,
  health: HealthGate.methods,
  placement: Placement.methods,
};
