import { endpointUser, readerRights } from "./derive";
import { fleetSchema } from "./schema";

const config = fleetSchema.parse({
  datashares: { web: { schemas: { web: {} } }, sales: { schemas: { shop: {} } } },
  readers: {
    endpointUser: "bi",
    roles: { reader: {}, finance: { datashares: ["sales"] } },
    users: { auditor: { roles: ["finance"] }, bi: { roles: ["finance", "reader"] } },
  },
});

test("readers may read what their roles may; the endpoint is for the one who is named, not for the first", () => {
  expect(readerRights(config)).toEqual([
    { name: "auditor", roles: ["finance"], datashares: ["sales"] },
    { name: "bi", roles: ["finance", "reader"], datashares: ["sales", "web"] },
  ]);
  expect(endpointUser(config)).toBe("bi");
  expect(endpointUser(fleetSchema.parse({}))).toBe("fleet_reader");
});
