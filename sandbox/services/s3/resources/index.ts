import type { ResourceType } from "../../../provider/resource/resource-type";
import { bucketType } from "./bucket";
import { configurationTypes } from "./configurations";
import { notificationType } from "./notification";
import { objectType } from "./object";

export const s3Types: ResourceType[] = [
  bucketType("bucket"),
  bucketType("bucketV2"),
  ...configurationTypes,
  notificationType,
  objectType("bucketObject"),
  objectType("bucketObjectv2"),
];
