import { type Activity, activity, DataApi, SqlError } from "@redshift-fleet/redshift";
import { connectionOf, type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";

/** A warehouse and what it is doing, or why it does not say. */
export type WarehouseActivity = { warehouse: string } & (Activity | { error: string });

/** Asks every warehouse at once, as its administrator. One that does not answer is told, and keeps nobody waiting. */
export async function collectActivity(outputs: StackOutputs, deadlineMs: number): Promise<WarehouseActivity[]> {
  const connection = connectionOf(outputs);
  const warehouses = [{ ...outputs.producer, name: "producer" }, ...outputs.consumers];
  return Promise.all(
    warehouses.map(async (warehouse) => {
      const target = targetOf(warehouse, warehouse.secretArn ?? outputs.endpoint.secretArn);
      try {
        const seen = await activity(new DataApi(connection, target, { deadline: deadlineMs }));
        return { warehouse: warehouse.name, ...seen };
      } catch (error) {
        if (error instanceof SqlError) return { warehouse: warehouse.name, error: error.serverMessage };
        throw error;
      }
    }),
  );
}
