import { consumerDatabaseLifecycle } from "../datashare/consumer-database-lifecycle";
import { datashareLifecycle } from "../datashare/datashare-lifecycle";
import { grantLifecycle } from "../datashare/grant-lifecycle";
import { placementLifecycle } from "../placement/placement-lifecycle";
import { drainLifecycle } from "../read-balancer/drain-lifecycle";
import { healthLifecycle } from "../read-balancer/health-lifecycle";
import { accessLifecycle } from "../readers/access-lifecycle";
import { secretLifecycle } from "../readers/secret-lifecycle";
import { migrationsLifecycle } from "../schema/migrations-lifecycle";
import { parametersLifecycle } from "../warehouse/parameters-lifecycle";
import { lifecycleMethods } from "./lifecycle";

/** Loaded by name in the process that runs dynamic providers. */
export const lifecycles = {
  datashare: lifecycleMethods(datashareLifecycle),
  grant: lifecycleMethods(grantLifecycle),
  consumerDatabase: lifecycleMethods(consumerDatabaseLifecycle),
  secret: lifecycleMethods(secretLifecycle),
  access: lifecycleMethods(accessLifecycle),
  migrations: lifecycleMethods(migrationsLifecycle),
  drain: lifecycleMethods(drainLifecycle),
  parameters: lifecycleMethods(parametersLifecycle),
  health: lifecycleMethods(healthLifecycle),
  placement: lifecycleMethods(placementLifecycle),
};

export type LifecycleName = keyof typeof lifecycles;
