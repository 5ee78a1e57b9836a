export { configuredConnection, connectionOf } from "./connection";
export { Consumer, type ConsumerArgs, type ConsumerSettings, checkConsumer, type EndpointPlacement } from "./consumer";
export { ConsumerPool, type ConsumerPoolArgs, checkPool, type PoolSettings } from "./consumer-pool";
export {
  ConsumerDatabase,
  checkDatashare,
  Datashare,
  type DatashareArgs,
  DatashareGrant,
  DatashareResource,
  type DatashareSchemaArgs,
  sharedSchemas,
} from "./datashare";
export { Encryption, type EncryptionArgs } from "./encryption";
export { importing } from "./lifecycle/importing";
export { checkNamePrefix } from "./naming/names";
export {
  checkBasics,
  checkCapacity,
  checkFound,
  checkNetwork,
  ExistingNetwork,
  type ExistingNetworkArgs,
  type FleetDemand,
  type FleetNetwork,
  type FoundNetwork,
  lookUpNetwork,
  Network,
  type NetworkArgs,
  plan,
  type WantedNetwork,
} from "./network";
export { Placement, type PlacementInputs, placedKeys } from "./placement";
export { checkProducer, Producer, type ProducerArgs, producerIdentity } from "./producer";
export {
  type BalancerSettings,
  checkBalancer,
  ReadBalancer,
  type ReadBalancerArgs,
  type RotatingConsumer,
  Rotation,
  type RotationArgs,
} from "./read-balancer";
export {
  checkReaders,
  ReaderAccess,
  type ReaderRoleArgs,
  ReaderSecret,
  Readers,
  type ReadersArgs,
  type ReaderUserArgs,
} from "./readers";
export { Schema, type SchemaArgs, SchemaMigrations } from "./schema";
export type { Transform } from "./transform";
export { at, describeFault, type Fault, refuse } from "./validation";
export type { WarehouseTarget } from "./warehouse-target";
