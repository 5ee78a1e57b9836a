export { checkProducer, Producer, type ProducerArgs, producerCapacity } from "./producer";
export { checkS3, type S3Access, s3Policy } from "./s3-role";
