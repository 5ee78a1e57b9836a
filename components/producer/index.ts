export { checkProducer, Producer, type ProducerArgs, producerIdentity } from "./producer";
