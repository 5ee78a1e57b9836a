import { absent, recorded, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { datashareNotPublic } from "./datashare-not-public";

const setTrue = "ALTER DATASHARE a SET PUBLICACCESSIBLE TRUE";
const inJson = JSON.stringify({ Sqls: ["ALTER DATASHARE a SET PUBLICACCESSIBLE\nTRUE"] });
const sql = (text: unknown) => ({ "statement.sql": text });

testPolicy(
  datashareNotPublic,
  {
    share: recorded("pulumi-nodejs:dynamic/redshift:Datashare"),
    statement: resource("aws:redshiftdata/statement:Statement", {
      sql: "CREATE DATASHARE airline SET PUBLICACCESSIBLE FALSE",
    }),
    command: resource("command:local:Command", { create: "echo ready" }),
  },
  [
    violates("a datashare resource", { "share.publicAccessible": true }, /share: publicAccessible is true/),
    ...[
      "pulumi-nodejs:dynamic:Resource",
      "pulumi-nodejs:dynamic:Datashare",
      "pulumi-nodejs:dynamic/warehouse:DataShare",
      "pulumi-python:dynamic/warehouse:Datashare",
    ].map((type) =>
      violates(
        `somebody else's datashare, ${type}`,
        { other: resource(type, { shareName: "airline", publiclyAccessible: true }) },
        /other: publiclyAccessible is true/,
      ),
    ),
    passes("what is public and no datashare", {
      feed: resource("pulumi-nodejs:dynamic/weather:Feed", { publicAccessible: true, shareName: "rain" }),
      site: resource("pulumi-nodejs:dynamic:Resource", { publicAccessible: true }),
      share: resource("acme:index/datashare:Datashare", { publicAccessible: true }),
    }),
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
    violates(
      "in JSON of a command, after a line break",
      { "command.create": `aws redshift-data batch-execute-statement --cli-input-json '${inJson}'` },
      /command: create sets/,
    ),
    ...(
      [
        ["aws:cloudwatch/eventTarget:EventTarget", { redshiftTarget: { database: "air", sql: setTrue } }],
        ["aws:cloudwatch/eventTarget:EventTarget", { input: inJson }],
        ["aws:lambda/invocation:Invocation", { functionName: "sql", input: inJson }],
        ["aws:scheduler/schedule:Schedule", { target: { arn: "arn:scheduler", input: inJson } }],
        ["aws:sfn/stateMachine:StateMachine", { definition: JSON.stringify({ Parameters: inJson }) }],
      ] as const
    ).map(([type, props]) =>
      violates(
        `in ${Object.keys(props).at(-1)} of ${type}`,
        { runs: resource(type, props) },
        /runs: \w+(\.\w+)? sets PUBLICACCESSIBLE/,
      ),
    ),
    undecided("SQL not known yet", sql(unknown), /sql/),
    undecided("not known yet", { "share.publicAccessible": unknown }, /publicAccessible/),
    passes("left to the default", { "share.publicAccessible": absent }),
    passes(
      "only spoken of",
      sql("-- never PUBLICACCESSIBLE TRUE\nCREATE DATASHARE airline /* not PUBLICACCESSIBLE TRUE */"),
    ),
    passes("only quoted by a query", sql(`SELECT '${setTrue}'; INSERT INTO notes VALUES ('${setTrue}')`)),
    passes("only quoted by a command's query", {
      "command.create": `psql -c "insert into notes values ('${setTrue}')"`,
    }),
    passes("only quoted by what a command reads", {
      "command.create": "psql",
      "command.stdin": `-- notes\nINSERT INTO notes\n  VALUES (1,\n  '${setTrue}')`,
    }),
    passes("a command not known yet", { "command.create": unknown }),
  ],
);
