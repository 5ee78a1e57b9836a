import { Command } from "@pulumi/command/local";
import * as pulumi from "@pulumi/pulumi";
import { configuredConnection } from "@redshift-fleet/components";
import type { describeFleet } from "./outputs";

interface VerificationOptions {
  readonly dependsOn: pulumi.Resource[];
}

/**
 * After a deployment, asks every consumer through the Data API whether it really sees what it should. Runs again when
 * a consumer or a datashare changes. The command is found by the name of its package, from any folder of the project,
 * and is told everything on its standard input: nothing of the machine it ran on stays in the state.
 */
export function createVerification(
  fleet: ReturnType<typeof describeFleet>,
  { dependsOn }: VerificationOptions,
): pulumi.Output<unknown> {
  const run = `node -e "require('@redshift-fleet/infra/dist/verify.js').main()"`;
  const verification = new Command(
    "verify",
    {
      create: run,
      update: run,
      stdin: pulumi.jsonStringify({ ...fleet, connection: configuredConnection() }),
      triggers: fleet.consumers.map(({ namespaceId }) => namespaceId),
    },
    { dependsOn },
  );
  return verification.stdout.apply((text) => JSON.parse(text));
}
