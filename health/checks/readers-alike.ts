import { type Facts, readableConsumers, silentConsumers } from "../facts/facts";
import type { Check } from "./check";
import { bringBack, type Finding } from "./finding";
import { isFor } from "./shares";

/** Users that Redshift makes by itself: its own, and those of IAM identities that log in with temporary credentials. */
const ofService = /^(rdsdb|IAMR?:|AWSIDC:|ds:)/;

type Consumer = ReturnType<typeof readableConsumers>[number];

/** Whoever connects finds the same users, roles and rights, whichever consumer answers. */
export const readersAlike: Check = {
  id: "readers-alike",
  area: "readers",
  title: "users, roles and rights are alike on all consumers",
  needs: ["catalogs"],
  judge(facts) {
    const consumers = readableConsumers(facts);
    const users = compare(consumers, "User", ({ catalog }) => catalog.users.filter((user) => !ofService.test(user)));
    const nowhere = facts.catalogs.readers.filter(
      (reader) => consumers.length > 0 && consumers.every(({ catalog }) => !catalog.users.includes(reader)),
    );
    users.push(...nowhere.map((reader) => finding(`User ${reader} is on no consumer`)));
    const roles = compare(consumers, "Role", ({ catalog }) => catalog.roles.filter((role) => !role.includes(":")));
    return [...users, ...roles, ...memberships(consumers), ...privileges(facts, consumers), ...silentConsumers(facts)];
  },
};

/** @param comparable whether the thing could be on a consumer at all; where not, its absence says nothing */
function compare(
  consumers: Consumer[],
  kind: string,
  of: (consumer: Consumer) => string[],
  comparable: (thing: string, consumer: Consumer) => boolean = () => true,
): Finding[] {
  const things = new Set(consumers.flatMap(of));
  return [...things].sort().flatMap((thing) => {
    const judged = consumers.filter((consumer) => comparable(thing, consumer));
    const having = judged.filter((consumer) => of(consumer).includes(thing));
    const lacking = judged.filter((consumer) => !having.includes(consumer));
    if (lacking.length === 0 || having.length === 0) return [];
    const names = (list: Consumer[]) => list.map(({ name }) => name).join(", ");
    return [finding(`${kind} ${thing} is on ${names(having)} but not on ${names(lacking)}`)];
  });
}

function memberships(consumers: Consumer[]): Finding[] {
  const text = ({ user, role }: { user: string; role: string }) => `${user} → ${role}`;
  return compare(
    consumers,
    "Membership",
    ({ catalog }) => catalog.members.map(text),
    (thing, { catalog }) => catalog.users.some((user) => catalog.roles.some((role) => text({ user, role }) === thing)),
  );
}

/** Rights on the shared databases, among the consumers that have the database and the role. */
function privileges({ outputs }: Facts, consumers: Consumer[]): Finding[] {
  return outputs.datashares.flatMap((share) => {
    const database = share.consumerDatabase;
    const having = consumers.filter(
      (consumer) => isFor(share, consumer) && consumer.catalog.databases.some(({ name }) => name === database),
    );
    const text = (privilege: string, scope: string, role: string) =>
      `${privilege}${scope === "DATABASE" ? "" : ` (${scope.toLowerCase()})`} on ${database} for role ${role}`;
    return compare(
      having,
      "Right",
      ({ catalog }) =>
        catalog.privileges
          .filter((each) => each.database === database)
          .map(({ privilege, scope, role }) => text(privilege, scope, role)),
      (thing, { catalog }) => catalog.roles.some((role) => thing.endsWith(` for role ${role}`)),
    );
  });
}

function finding(what: string): Finding {
  return {
    what,
    cause: "It was made or dropped by hand on one consumer; which one answers is the balancer's choice.",
    cure: `What the stack describes: ${bringBack} Anything else: make it on every consumer, or drop it everywhere.`,
  };
}
