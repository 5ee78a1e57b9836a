import { Command } from "commander";
import { awsCheckCommand } from "./commands/aws-check";
import { checkCommand } from "./commands/check";
import { ciCommand } from "./commands/ci";
import { connectCommand } from "./commands/connect";
import { destroyCommand } from "./commands/destroy";
import { envCommand } from "./commands/env";
import { initCommand } from "./commands/init";
import { outputsCommand } from "./commands/outputs";
import { recoverCommand } from "./commands/recover";
import { sandboxCommand } from "./commands/sandbox";
import { shareCommand } from "./commands/share";
import { startCommand } from "./commands/start";
import { topCommand } from "./commands/top";
import { verifyCommand } from "./commands/verify";
import { fail, Problem, wantsJson } from "./terminal/terminal";

/** The operator's command, complete; a test may parse it without running anything. */
export function fleet(): Command {
  const program = new Command("fleet")
    .description("Operates a fleet of Amazon Redshift warehouses: on AWS, or in the sandbox on this machine.")
    .helpOption("-h, --help", "show what a command does and which options it has")
    .showHelpAfterError("(--help shows what there is)")
    .addCommand(initCommand())
    .addCommand(startCommand())
    .addCommand(connectCommand())
    .addCommand(outputsCommand())
    .addCommand(verifyCommand())
    .addCommand(checkCommand())
    .addCommand(shareCommand())
    .addCommand(topCommand())
    .addCommand(recoverCommand())
    .addCommand(destroyCommand())
    .addCommand(sandboxCommand())
    .addCommand(awsCheckCommand())
    .addCommand(envCommand())
    .addCommand(ciCommand())
    .addHelpText(
      "after",
      `
Stacks: "local" is the example, in the sandbox. A stack that was started with \`fleet start --stack\` is looked up in
its sandbox, every other where your shell's Pulumi and AWS settings point. Where both are possible you are asked to
say --sandbox or --no-sandbox.
Exit code: 0 when the answer is good, 1 when something failed or is wrong, 2 for a command line that makes no sense.`,
    );
  refuseWithCode2(program);
  return program;
}

/** Scripts can tell a mistyped command from one that failed. */
function refuseWithCode2(command: Command): void {
  command.configureOutput({
    outputError(text, write) {
      if (wantsJson(process.argv)) fail(new Problem(text.trim(), 2), true);
      else write(text);
    },
  });
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const child of command.commands) refuseWithCode2(child);
}
