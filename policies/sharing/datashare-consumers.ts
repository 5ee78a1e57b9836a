import { flag, strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";
import { sqlCarriers, sqlOf } from "../framework/sql";
import { seam } from "../framework/sql-text";

const toAccount = new RegExp(`\\bON${seam}DATASHARE\\b[^;]*?\\bTO${seam}ACCOUNT\\b${seam}(\\d{12})`, "gi");

export const datashareConsumers = definePolicy({
  name: "datashare-consumers",
  area: "sharing",
  entry: 31,
  description: "A datashare must be given to consumers on the allow-list only, and for reading only.",
  why: "another account reads live data from the moment it is authorized, and with writes it changes them too",
  mend: "add the account to allowedConsumers of this policy after a review, or remove the authorization; remove allowWrites",
  severity: "critical",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/dg/across-account.html",
  parameters: {
    allowedConsumers: strings([], "Patterns of the account ids, namespace ARNs or ADX that may consume a datashare."),
    allowWrites: flag(false, "Whether consumers may write to a datashare."),
  },
  types: [
    "aws:redshift/dataShareAuthorization:DataShareAuthorization",
    "aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation",
    ...sqlCarriers,
  ],
  checks: [
    (resource, { config, violation }) => {
      const share = resource.as(
        "aws:redshift/dataShareAuthorization:DataShareAuthorization",
        "aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation",
      );
      if (share?.flag("allowWrites") && !config.allowWrites) violation("allowWrites is true");
    },
    (resource, { config, violation }) => {
      const authorization = resource.as("aws:redshift/dataShareAuthorization:DataShareAuthorization");
      const consumer = authorization?.text("consumerIdentifier");
      if (consumer !== undefined && !matchesAny(consumer, config.allowedConsumers)) {
        violation(`consumerIdentifier is ${consumer}, which is not on the allow-list`);
      }
    },
    (resource, { config, violation }) => {
      for (const { key, sql } of sqlOf(resource)) {
        for (const [, account] of sql.matchAll(toAccount)) {
          if (!matchesAny(account!, config.allowedConsumers))
            violation(`${key} grants a datashare to account ${account}, which is not on the allow-list`);
        }
      }
    },
    (resource, { violation }) => {
      const association = resource.as("aws:redshift/dataShareConsumerAssociation:DataShareConsumerAssociation");
      if (association?.flag("associateEntireAccount")) {
        violation("associateEntireAccount is true", {
          mend: "set consumerArn to the one namespace that needs the datashare",
        });
      }
    },
  ],
});
