import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { datashareConsumers } from "./datashare-consumers";

const known = { config: { allowedConsumers: ["111122223333"] } };

testPolicy(
  datashareConsumers,
  {
    association: resource("aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation", {
      dataShareArn: "arn:share",
      consumerArn: "arn:namespace",
    }),
  },
  [
    violates(
      "an account nobody allowed",
      {
        give: resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", {
          consumerIdentifier: "111122223333",
        }),
      },
      /give: consumerIdentifier is 111122223333/,
    ),
    violates(
      "an account that others allowed",
      {
        give: resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", {
          consumerIdentifier: "444455556666",
        }),
      },
      /444455556666/,
      known,
    ),
    violates("writes", { "association.allowWrites": true }, /association: allowWrites is true/),
    violates(
      "writes for an allowed account",
      {
        give: resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", {
          consumerIdentifier: "111122223333",
          allowWrites: true,
        }),
      },
      /give: allowWrites/,
      known,
    ),
    violates(
      "a whole account",
      { "association.associateEntireAccount": true, "association.consumerArn": absent },
      /associateEntireAccount is true/,
    ),
    violates(
      "a whole account, writes not known",
      { "association.associateEntireAccount": true, "association.allowWrites": unknown },
      /associateEntireAccount is true/,
    ),
    violates(
      "an account by SQL",
      {
        give: resource("aws:redshiftdata/statement:Statement", {
          sql: "GRANT USAGE ON DATASHARE airline TO ACCOUNT '111122223333'; GRANT USAGE ON DATASHARE airline TO ACCOUNT '444455556666' VIA DATA CATALOG",
        }),
      },
      /give: sql grants a datashare to account 444455556666/,
      known,
    ),
    violates(
      "an account by a command",
      {
        give: resource("command:local:Command", {
          create: "psql -c \"grant usage on datashare airline to account '444455556666'\"",
        }),
      },
      /give: create grants a datashare to account 444455556666/,
    ),
    violates(
      "an account by JSON of a command",
      {
        give: resource("command:local:Command", {
          create: `aws redshift-data execute-statement --cli-input-json '${JSON.stringify({
            Sql: "GRANT USAGE ON DATASHARE airline\nTO ACCOUNT '444455556666'",
          })}'`,
        }),
      },
      /give: create grants a datashare to account 444455556666/,
    ),
    passes("an account that is only quoted", {
      note: resource("aws:redshiftdata/statement:Statement", {
        sql: "INSERT INTO notes VALUES ('GRANT USAGE ON DATASHARE airline TO ACCOUNT ''444455556666''')",
      }),
    }),
    undecided("SQL not known yet", { give: resource("aws:redshiftdata/statement:Statement", { sql: unknown }) }, /sql/),
    passes("a namespace of this account, by SQL", {
      give: resource("aws:redshiftdata/statement:Statement", {
        sql: "GRANT USAGE ON DATASHARE airline TO NAMESPACE '0f3a7c52-8d41-4a55-9c1b-2f6d5e7a9b10'",
      }),
    }),
    undecided(
      "an account not known yet",
      { give: resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", { consumerIdentifier: unknown }) },
      /consumerIdentifier/,
    ),
    passes(
      "an allowed account",
      {
        give: resource("aws:redshift/dataShareAuthorization:DataShareAuthorization", {
          consumerIdentifier: "111122223333",
        }),
      },
      known,
    ),
    passes("writes where they are allowed", { "association.allowWrites": true }, { config: { allowWrites: true } }),
  ],
);
