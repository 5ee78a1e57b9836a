import { query } from "../support/clients";
import type { Faults } from "./fault";

/** Users, roles, rights and passwords of readers. */
export const readerFaults: Faults = {
  "a user dropped on one consumer": ({ asSecond, reader }) => ({
    make: () => query(asSecond, "drop user fleet_reader"),
    async undo() {
      await query(asSecond, `create user fleet_reader password '${reader.password}'`);
      await query(asSecond, "grant role reader to fleet_reader");
    },
    finds: () => "readers-alike: User fleet_reader is on pool-1 but not on pool-2",
  }),
  "a user made on one consumer": ({ asFirst }) => ({
    make: () => query(asFirst, "create user someone password 'Made-by-hand-1'"),
    undo: () => query(asFirst, "drop user someone"),
    finds: () => "readers-alike: User someone is on pool-1 but not on pool-2",
  }),
  "a role taken away": ({ asSecond }) => ({
    make: () => query(asSecond, "revoke role reader from fleet_reader"),
    undo: () => query(asSecond, "grant role reader to fleet_reader"),
    finds: () => "readers-alike: Membership fleet_reader → reader is on pool-1 but not on pool-2",
  }),
  "a right taken away": ({ asFirst }) => ({
    make: () => query(asFirst, "revoke usage on database airline from role reader"),
    undo: () => query(asFirst, "grant usage on database airline to role reader"),
    finds: () => "readers-alike: Right USAGE on airline for role reader is on pool-2 but not on pool-1",
  }),
  "a table that a reader owns": ({ asFirst }) => ({
    make: () =>
      query(
        asFirst,
        `grant create on schema public to fleet_reader; create table public.scratch (a int);
         alter table public.scratch owner to fleet_reader; revoke create on schema public from fleet_reader`,
      ),
    undo: () => query(asFirst, "drop table public.scratch"),
    finds: () => 'readers-leftovers: User fleet_reader owns TABLE "public"."scratch" on pool-1',
  }),
  "schema public opened to everybody": ({ asSecond }) => ({
    make: () => query(asSecond, "grant create on schema public to public"),
    undo: () => query(asSecond, "revoke create on schema public from public"),
    finds: () => "readers-leftovers: Everybody may create objects in schema public of pool-2",
  }),
  "a password changed": ({ asSecond, reader }) => ({
    make: () => query(asSecond, "alter user fleet_reader password 'Changed-by-hand-1'"),
    undo: () => query(asSecond, `alter user fleet_reader password '${reader.password}'`),
    finds: () => "readers-log-in: The secret of fleet_reader does not open pool-2",
  }),
};
