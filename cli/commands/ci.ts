import fs from "node:fs";
import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { ciRoles, commandsOf, filesOf, settingsOf } from "../ci/roles";
import { project } from "../stack/names";
import { note, Problem, print, printJson } from "../terminal/terminal";

interface PoliciesOptions {
  stack: string;
  account: string;
  region?: string;
  repository: string;
  stateBucket: string;
  stateKey?: string;
  directory: string;
  json?: boolean;
}

export function ciCommand(): Command {
  const command = new Command("ci").description("What a repository's workflows need in an account.");
  command
    .command("policies")
    .description("Writes the trust and the permissions of a stack's roles, and the commands that make them.")
    .requiredOption("-s, --stack <name>", "the stack that they preview, deploy and audit")
    .requiredOption("--account <id>", "the account's twelve digits", matching(/^\d{12}$/, "twelve digits"))
    .requiredOption(
      "--repository <owner/name>",
      "the repository on GitHub",
      matching(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
    )
    .requiredOption(
      "--state-bucket <name>",
      "the bucket of Pulumi's state",
      matching(/^[a-z0-9.-]{3,63}$/, "a bucket's name"),
    )
    .option(
      "--state-key <arn>",
      "the key of the bucket and of the stack's secrets",
      matching(/^arn:[\w-]+:kms:/, "a key's ARN"),
    )
    .addOption(new Option("-r, --region <region>", "the stack's Region").env("AWS_REGION"))
    .option("-d, --directory <folder>", "where the documents are written", "ci-roles")
    .option("--json", "print everything as JSON instead, and write nothing")
    .action((options: PoliciesOptions) => policies(options));
  return command;
}

function policies({ stack, account, repository, stateBucket, stateKey, json, ...options }: PoliciesOptions): void {
  const { region } = options;
  if (!region) throw new Problem("There is no Region: say `--region`, or set AWS_REGION.", 2);
  const scope = { partition: partitionOf(region), account, region, project, stack };
  const wanted = { scope, repository, state: { bucket: stateBucket, keyArn: stateKey } };
  const roles = ciRoles(wanted);
  const settings = settingsOf(wanted);
  const directory = path.join(options.directory, stack);
  const commands = roles.flatMap((role) => commandsOf(role, directory));
  if (json) {
    printJson({ roles, commands, settings });
    return;
  }
  fs.mkdirSync(directory, { recursive: true });
  for (const [file, contents] of Object.entries(Object.assign({}, ...roles.map(filesOf)) as Record<string, object>))
    fs.writeFileSync(path.join(directory, file), `${JSON.stringify(contents, undefined, 2)}\n`);
  note(`The documents are in ${directory}. These commands make the roles, and tell the repository of them:`);
  print([...commands, ...settings].join("\n"));
}

function matching(pattern: RegExp, what: string): (text: string) => string {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(`It must be ${what}.`);
  };
}

/** Regions of China and of the government's clouds have partitions of their own. */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
