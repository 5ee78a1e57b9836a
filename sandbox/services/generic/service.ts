import { AwsError } from "../../aws/errors";
import { operation } from "../../aws/operation";
import { defineService } from "../service";
import { Generic, type GenericResource } from "./remembered";

type Named = Pick<GenericResource, "type" | "id">;

/** Types that no other service has. AWS has nothing like it: only the provider calls it. */
export const generic = defineService({
  name: "generic",
  open: (context) => new Generic(context),
  operations: (resources) => ({
    PutResource: operation((resource: GenericResource) => {
      resources.put(resource);
      return {};
    }),
    GetResource: operation(({ type, id }: Named) => {
      const found = resources.find(type, id);
      if (!found) throw new AwsError("ResourceNotFoundException", `There is no ${type} ${id}.`);
      return found;
    }),
    DeleteResource: operation(({ type, id }: Named) => {
      resources.delete(type, id);
      return {};
    }),
  }),
});
