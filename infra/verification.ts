import { Command } from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { configuredConnection, type Datashare } from "@redshift-fleet/components";
import type { DeployedConsumer } from "@redshift-fleet/health/verification";
import { listedTables, readerOf } from "@redshift-fleet/redshift/declarations";
import { describeDatashare, type describeFleet, type Exported } from "./outputs";

type Fleet = ReturnType<typeof describeFleet>;

interface VerificationArgs {
  readonly fleet: Fleet;
  readonly consumer: Fleet["consumers"][number];
  /** The fleet's, by the names that readers' rights refer to. */
  readonly datashares: Readonly<Record<string, Datashare>>;
  /** Of the schema: other tables are looked at again. */
  readonly revision: pulumi.Output<string>;
  /** What has to be there first. */
  readonly dependsOn: pulumi.Resource[];
}

// Found by the name of its package from any folder of the project, and told everything on its standard input: nothing
// of the machine that it ran on stays in the state.
const run = `node -e "require('@redshift-fleet/health/verification').afterDeployment()"`;

/**
 * After a deployment, asks a consumer through the Data API whether it really shows readers what it should. Runs again
 * when something about the consumer changes. One command a consumer: a new one never touches those of the others.
 */
export function verifyConsumer(args: VerificationArgs): pulumi.Output<unknown> {
  const { fleet, consumer, datashares, revision, dependsOn } = args;
  const readers = Object.entries(fleet.readers).map(([name, reader]) => ({ name, ...reader }));
  const { stdout } = new Command(
    `verify-${consumer.name}`,
    {
      create: run,
      stdin: pulumi.jsonStringify({
        producer: fleet.producer,
        consumer,
        datashares: Object.entries(datashares)
          .filter(([, share]) => share.serves(consumer.name))
          .map(([name, share]) => ({
            ...describeDatashare(share),
            tables: listedTables(share.objects),
            readerSecretArn: readerOf(name, readers, fleet.endpoint.user)?.secretArn,
          })),
        revision,
        connection: configuredConnection(),
      } satisfies Exported<DeployedConsumer> & { revision: pulumi.Input<string> }),
      // A namespace that was replaced is another one, even where nothing else tells.
      triggers: [consumer.namespaceId],
    },
    { dependsOn },
  );
  return stdout.apply((text) => ({ consumer: consumer.name, ...JSON.parse(text) }));
}
