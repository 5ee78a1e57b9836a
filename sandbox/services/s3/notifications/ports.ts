import type { JsonObject } from "../../../aws/json";
import type { Entry } from "./configuration";

/** An event as EventBridge takes it. */
export interface BusEvent {
  source: string;
  detailType: string;
  resources: string[];
  time: Date;
  detail: JsonObject;
}

/** Where notifications go. Whoever refuses rejects, and S3 tries again for a while. */
export interface NotificationTargets {
  /** @param message the JSON that the target's consumers get */
  send(target: Pick<Entry, "kind" | "arn">, message: JsonObject): Promise<void>;
  putEvent(event: BusEvent): Promise<void>;
}
