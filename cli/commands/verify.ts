import { Command } from "commander";
import color from "picocolors";
import { secretOfReaderOf } from "../connections/readers";
import { enterStack, readOutputs } from "../stack/stack";
import { print, printJson, table } from "../terminal/terminal";
import { type StackOptions, withStack } from "./options";

export function verifyCommand(): Command {
  return withStack(new Command("verify"))
    .description("Asks every warehouse whether it answers and whether readers see the shared tables.")
    .action(async (options: StackOptions) => {
      const { listedTables, verify, wholeSchemas } = await import("@redshift-fleet/redshift");
      const { connectionOf, targetOf } = await import("@redshift-fleet/redshift/fleet");
      const outputs = await readOutputs(await enterStack(options));
      const { producer, consumers, datashares, endpoint } = outputs;
      const result = await verify({
        connection: connectionOf(outputs),
        producer: { ...producer, ...targetOf(producer, producer.secretArn) },
        consumers: consumers.map((consumer) => ({ ...consumer, ...targetOf(consumer, endpoint.secretArn) })),
        datashares: datashares.map((share) => ({
          ...share,
          tables: listedTables(share.objects ?? {}),
          wholeSchemas: wholeSchemas(share.objects ?? {}),
          readerSecretArn: secretOfReaderOf(outputs, share.name),
        })),
      });
      if (options.json) printJson(result);
      else {
        const mark = (ok: boolean) => (ok ? color.green("ok") : color.red("failed"));
        const rows = result.checks.map(({ name, target, ok, detail }) => [mark(ok), target, name, detail]);
        print(table(["", "warehouse", "check", "detail"], rows));
      }
      if (!result.ok) process.exitCode = 1;
    });
}
