export { Consumer, type ConsumerArgs, type ConsumerSettings, checkConsumer, consumerCapacity } from "./consumer";
export type { ConsumerAddress, EndpointPlacement } from "./endpoints";
