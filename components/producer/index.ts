export { checkProducer, Producer, type ProducerArgs, producerCapacity, producerIdentity } from "./producer";
export { checkS3, type S3Access, s3Policy } from "./s3-role";
