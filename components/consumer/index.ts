export { Consumer, type ConsumerArgs, type ConsumerSettings, checkConsumer } from "./consumer";
export type { ConsumerAddress, EndpointPlacement } from "./endpoints";
