import fs from "node:fs";
import path from "node:path";
import { capacity } from "@redshift-fleet/redshift/declarations";
import { stackFile } from "../stack/settings";
import type { Answers } from "./answers";

/** A file to be written, by its path relative to the repository (or absolute). */
export interface NewFile {
  file: string;
  text: string;
}

/** The files of a new fleet: its stack, and the first of its schema files. */
export function filesOf(answers: Answers): NewFile[] {
  return [
    { file: stackFile(answers.name), text: stackText(answers) },
    { file: path.join(answers.directory, `0001_${answers.schema}.sql`), text: migrationText(answers) },
  ];
}

/** Writes files that must not be there yet. */
export function writeFiles(files: readonly NewFile[], root: string): void {
  for (const { file, text } of files) {
    const target = path.resolve(root, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text, { flag: "wx" });
  }
}

/** The largest that a warehouse may grow to: RPUs go in steps of 8 up to 512, of 32 beyond. */
function largest(rpus: number, times: number): number {
  const wanted = Math.min(rpus * times, capacity.largest);
  return wanted > capacity.lastOfStep ? wanted - (wanted % capacity.largeStep) : wanted;
}

/** Hours at base capacity that a day may have before queries are refused. */
const hoursADay = 5;
/** Up to here every consumer has an endpoint in each zone within AWS's default quotas. */
const mostInEveryZone = 9;

function stackText({ name, region, directory, schema, pool, producerCapacity, consumerCapacity }: Answers): string {
  const placement =
    pool > mostInEveryZone
      ? `
    # One endpoint a consumer instead of three: with AWS's default quotas this many have no room for more.
    endpointPlacement: oneAz`
      : "";
  return `# Fleet ${name}. Every key is described in docs/configuration.md; what is not written here has its default.
#
# On this machine:  npx fleet start --stack ${name}
# On AWS:           docs/own-fleet.md. Secrets of the stack's state are encrypted with a passphrase unless it is
#                   initialised with a KMS key:
#   pulumi stack init ${name} --secrets-provider="awskms://alias/pulumi-state?region=${region}"
config:
  # A fleet stays in its Region.
  aws:region: ${region}
  # development: everything can be made and removed freely. staging and production protect what must not be lost.
  redshift-fleet:environment: development
  # On every resource, for owners and bills.
  redshift-fleet:tags:
    owner: data-platform
    cost-centre: ${name}
  redshift-fleet:network:
    # Must not overlap with networks that are to be peered with this one.
    cidr: 10.0.0.0/16
    # Addresses for a hundred small consumers: subnets are never enlarged.
    subnetPrefix: 19
    flowLogRetentionDays: 30
    # Who may connect besides the fleet's security group of clients: offices, peered VPCs.
    # clientCidrs: [10.200.0.0/16]
  redshift-fleet:encryption:
    deletionWindowDays: 14
  # The warehouse that is written to.
  redshift-fleet:producer:
    baseCapacity: ${producerCapacity}
    maxCapacity: ${largest(producerCapacity, 4)}
    # What ${hoursADay} hours at base capacity use. Nothing runs beyond it on that day; emit-metric only tells.
    usageLimit:
      rpuHours: ${producerCapacity * hoursADay}
      period: daily
      breachAction: deactivate
    # Buckets that COPY loads from and UNLOAD writes to.
    # s3:
    #   read: [my-landing-bucket/redshift/*]
    #   write: [my-export-bucket/redshift/*]
  # What the producer holds: SQL files that are applied once each, in order. See docs/migrations.md.
  redshift-fleet:schema:
    directory: ${JSON.stringify(directory)}
  # Consumers that are alike, behind one address.
  redshift-fleet:pool:
    size: ${pool}
    baseCapacity: ${consumerCapacity}
    maxCapacity: ${largest(consumerCapacity, 2)}${placement}
    queryTimeoutSeconds: 900
    usageLimit:
      rpuHours: ${consumerCapacity * hoursADay}
      period: daily
      breachAction: deactivate
  # A consumer for one kind of work, with an address of its own.
  # redshift-fleet:consumers:
  #   reporting:
  #     baseCapacity: 8
  #     maxCapacity: 16
  #     usageLimit:
  #       rpuHours: ${8 * hoursADay}
  #       period: daily
  #       breachAction: deactivate
  # What readers see, live. They write ${schema}.${schema}.<table>: database, schema, table.
  redshift-fleet:datashares:
    ${schema}:
      schemas:
        ${schema}:
          tables: all
          # Tables made later are shared by themselves.
          includeNew: true
  # Who reads. Passwords are made and kept by Secrets Manager.
  redshift-fleet:readers:
    roles:
      reader: {}
      # A role that reads only some of the datashares.
      # analyst:
      #   datashares: [${schema}]
    users:
      fleet_reader:
        roles: [reader]
      # A second reader. With two, endpointUser has to say as whom \`fleet connect\` logs in unless told --user.
      # anna:
      #   roles: [analyst]
    # endpointUser: fleet_reader
`;
}

function migrationText({ schema }: Answers): string {
  return `-- The first schema file of this fleet. Files are applied to the producer once each, in the order of their numbers,
-- each in one transaction. A file that was applied stays as it is: changes go into new files, such as 0002_orders.sql.
-- Until then this one is yours to edit. See docs/migrations.md.

CREATE SCHEMA ${schema};

-- CREATE TABLE ${schema}.customers (
--   customer_id  BIGINT       NOT NULL,
--   name         VARCHAR(200) NOT NULL,
--   joined_on    DATE         NOT NULL DEFAULT CURRENT_DATE,
--   PRIMARY KEY (customer_id)
-- )
-- DISTKEY (customer_id)
-- SORTKEY (joined_on);
`;
}
