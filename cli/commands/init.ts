import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { Command, Option } from "commander";
import { answerFaults } from "../init/answers";
import { filesOf, writeFiles } from "../init/files";
import { completeAnswers, type Given } from "../init/questions";
import { startedBy } from "../stack/names";
import { onTerminal } from "../terminal/ask";
import { Problem, print, printJson } from "../terminal/terminal";

interface InitOptions {
  name?: string;
  region?: string;
  schema?: string;
  schemas?: string;
  pool?: number;
  producerRpus?: number;
  consumerRpus?: number;
  yes?: boolean;
  json?: boolean;
}

export function initCommand(): Command {
  return new Command("init")
    .description("Writes the files of a fleet of your own: a stack and its first schema file. Overwrites nothing.")
    .argument("[name]", "of the fleet and its stack")
    .option("-n, --name <name>", "the same as an option")
    .addOption(new Option("-r, --region <region>", "AWS Region (default: us-east-1, or $AWS_REGION)"))
    .option("--schema <name>", "database schema that is made and shared (default: the fleet's name)")
    .option("--schemas <folder>", "where its SQL files are kept (default: fleets/<name>/schema)")
    .option("--pool <size>", "consumers behind the one address (default: 2)", Number)
    .option("--producer-rpus <rpus>", "base capacity of the producer (default: 8)", Number)
    .option("--consumer-rpus <rpus>", "base capacity of each consumer (default: 8)", Number)
    .option("-y, --yes", "ask nothing: what is not given is as usual")
    .option("--json", "ask nothing, and print what was written as JSON")
    .action(async (name: string | undefined, options: InitOptions) => {
      const root = repositoryDirectory();
      const region = process.env.AWS_REGION || undefined;
      const given = givenBy(name, options);
      const answers =
        options.yes || options.json || !process.stdin.isTTY
          ? await completeAnswers(given, region)
          : await onTerminal((ask) => completeAnswers(given, region, ask));
      if (answers.name === "") throw new Problem("A fleet needs a name: `npx fleet init sales`.", 2);
      const { describeFault } = await import("@redshift-fleet/redshift");
      const faults = answerFaults(answers, root);
      if (faults.length > 0) {
        const lines = faults.map((fault) => `  - ${fault.path} ${describeFault(fault)}`);
        throw new Problem(`Nothing was written:\n${lines.join("\n")}`);
      }
      const files = filesOf(answers);
      writeFiles(files, root);
      const written = files.map(({ file }) => file);
      const next = [startedBy(answers.name), `npx fleet connect --stack ${answers.name} --sandbox`];
      if (options.json) printJson({ stack: answers.name, written, next });
      else
        print([...written.map((file) => `wrote ${file}`), "", "Next:", ...next.map((line) => `  ${line}`)].join("\n"));
    });
}

function givenBy(name: string | undefined, options: InitOptions): Given {
  if (name !== undefined && options.name !== undefined && name !== options.name)
    throw new Problem(`There are two names, ${name} and ${options.name}: give one.`, 2);
  const given: Given = {
    name: name ?? options.name,
    region: options.region,
    schema: options.schema,
    directory: options.schemas,
    pool: options.pool,
    producerCapacity: options.producerRpus,
    consumerCapacity: options.consumerRpus,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
