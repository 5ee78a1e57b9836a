import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { datashareNotPublic } from "./datashare-not-public";

const sql = (text: unknown) => ({ "statement.sql": text });

testPolicy(
  datashareNotPublic,
  {
    share: resource("pulumi-nodejs:dynamic:Resource", { name: "airline", publicAccessible: false }),
    statement: resource("aws:redshiftdata/statement:Statement", {
      sql: "CREATE DATASHARE airline SET PUBLICACCESSIBLE FALSE",
    }),
    command: resource("command:local:Command", { create: "echo ready" }),
  },
  [
    violates("a datashare resource", { "share.publicAccessible": true }, /share: publicAccessible is true/),
    violates("one that spells it otherwise", { "share.publiclyAccessible": true }, /publiclyAccessible is true/),
    violates(
      "in SQL",
      sql("CREATE DATASHARE airline SET PUBLICACCESSIBLE TRUE"),
      /statement: sql sets PUBLICACCESSIBLE/,
    ),
    violates(
      "in SQL with an equals sign",
      sql("alter datashare airline set publicaccessible = true;"),
      /statement: sql/,
    ),
    violates(
      "in a command",
      { "command.create": "psql -c 'ALTER DATASHARE a SET PUBLICACCESSIBLE=TRUE'" },
      /command: create sets/,
    ),
    violates(
      "in a remote command's update",
      {
        remote: resource("command:remote:Command", {
          create: unknown,
          update: "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE",
        }),
      },
      /remote: update/,
    ),
    violates(
      "in a command, after an option that looks like a comment",
      { "command.create": 'aws redshift-data execute-statement --sql "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE"' },
      /command: create sets/,
    ),
    violates(
      "in what a command reads",
      { "command.create": "psql", "command.stdin": "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE" },
      /command: stdin sets/,
    ),
    violates(
      "in a command's environment",
      { "command.environment": { OTHER: unknown, SQL: "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE" } },
      /command: environment\.SQL sets/,
    ),
    violates(
      "in SQL, after a quoted comment",
      sql("SELECT '--'; ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE"),
      /statement: sql sets/,
    ),
    undecided("SQL not known yet", sql(unknown), /sql/),
    undecided("not known yet", { "share.publicAccessible": unknown }, /publicAccessible/),
    passes("left to the default", { "share.publicAccessible": absent }),
    passes(
      "only spoken of",
      sql("-- never PUBLICACCESSIBLE TRUE\nCREATE DATASHARE airline /* not PUBLICACCESSIBLE TRUE */"),
    ),
    passes("a command not known yet", { "command.create": unknown }),
  ],
);
