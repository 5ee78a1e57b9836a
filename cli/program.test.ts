import type { Command } from "commander";
import { fleet } from "./program";

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

test.each(everyCommand(fleet()).map((command) => [command.name(), command] as const))(
  "%s explains itself",
  (_, command) => {
    expect(command.description()).not.toBe("");
    for (const option of command.options) expect(option.description).not.toBe("");
    expect(command.helpInformation()).toContain("--help");
  },
);

test("every command that answers can answer in JSON", () => {
  const answering = everyCommand(fleet()).filter((command) => command.commands.length === 0);
  for (const command of answering) expect(command.options.map(({ long }) => long)).toContain("--json");
});
