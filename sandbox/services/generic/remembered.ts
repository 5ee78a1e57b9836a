import type { Context } from "../../aws/context";
import type { JsonObject } from "../../aws/json";

/** A thing of a type that the sandbox knows nothing about. */
export interface GenericResource {
  /** The type's token, such as `aws:sqs/queue:Queue`. */
  type: string;
  id: string;
  properties: JsonObject;
}

/** Remembers what it is given, so that extra resources of a program do not stop it. */
export class Generic {
  private readonly resources;

  constructor(context: Context) {
    this.resources = context.store.collection<GenericResource>("generic/resources");
  }

  put(resource: GenericResource): void {
    this.resources.put(`${resource.type}|${resource.id}`, resource);
  }

  find(type: string, id: string): GenericResource | undefined {
    return this.resources.get(`${type}|${id}`);
  }

  list(): GenericResource[] {
    return this.resources.list();
  }

  delete(type: string, id: string): boolean {
    return this.resources.delete(`${type}|${id}`);
  }
}
