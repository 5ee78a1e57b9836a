import path from "node:path";
import { Command, Option } from "commander";
import { withToolchain } from "../stack/place";
import { onTerminal } from "../terminal/ask";
import { Steps } from "../terminal/progress";
import { note, Problem, print, printJson } from "../terminal/terminal";

interface AwsCheckOptions {
  region?: string;
  directory: string;
  again?: boolean;
  yes?: boolean;
  json?: boolean;
}

/** The longest that idle warehouses take to wake, and a new balancer to answer. */
const checkDeadlineMs = 120_000;

export function awsCheckCommand(): Command {
  return new Command("aws-check")
    .description("Deploys the smallest fleet into an account, tries what only AWS can tell, and destroys it.")
    .addOption(new Option("-r, --region <region>", "the Region to use").env("AWS_REGION"))
    .option("-d, --directory <folder>", "where the state of the trial lies meanwhile", ".aws-check")
    .option("--again", "make and destroy it a second time, right after the first")
    .option("-y, --yes", "do not ask before anything is made")
    .option("--json", "print the report as JSON")
    .action(async (options: AwsCheckOptions) => {
      const { region } = options;
      if (!region) throw new Problem("There is no Region: say `--region`, or set AWS_REGION.", 2);
      process.env.PATH = withToolchain();
      const { callerOf } = await import("../aws-check/caller");
      await confirm(await callerOf(region), options);
      const [{ runTrial }, { Trial }, { report }] = await Promise.all([
        import("../aws-check/run"),
        import("../aws-check/trial"),
        import("../aws-check/report"),
      ]);
      const trial = new Trial({ region, directory: path.resolve(options.directory) });
      const result = await runTrial(trial, new Steps(options.json), { again: options.again ?? false, checkDeadlineMs });
      if (options.json) printJson(result);
      else print(report(result, trial));
      if (!result.ok) process.exitCode = 1;
    });
}

/** Nobody deploys into an account by mistake. */
async function confirm({ account, arn }: { account: string; arn: string }, options: AwsCheckOptions): Promise<void> {
  note(
    [
      `Account ${account}, Region ${options.region}, as ${arn}.`,
      "What is made: a VPC, two Redshift Serverless warehouses of 8 RPUs (capped at 20 RPU-hours a day each), a Network",
      "Load Balancer and about ten interface endpoints. It takes about an hour and costs a few dollars; docs/aws.md says",
      "how much. Everything is destroyed at the end, also after a failure.",
    ].join("\n"),
  );
  if (options.yes) return;
  if (!process.stdin.isTTY) throw new Problem("Nobody is there to be asked: say `--yes`.", 2);
  const answer = await onTerminal((ask) => ask("Type the account's number to go on: "));
  if (answer.trim() !== account) throw new Problem("Nothing was made.");
}
