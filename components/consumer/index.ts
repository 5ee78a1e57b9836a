export { checkConsumer, Consumer, type ConsumerArgs, type ConsumerSettings, consumerCapacity } from "./consumer";
export type { ConsumerAddress, EndpointPlacement } from "./endpoints";
