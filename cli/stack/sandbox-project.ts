import fs from "node:fs";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { parse, stringify } from "yaml";
import { Problem } from "../terminal/terminal";
import { project, sandboxStack } from "./names";
import { sandboxOf } from "./place";
import type { StackSettings } from "./settings";
import { createStack, stackExists } from "./stack";

/** Holds the engine's own notes about a stack in its sandbox. */
const projectOf = (stack: string) => path.join(sandboxOf(stack), "project");
const copyOf = (stack: string) => path.join(projectOf(stack), `Pulumi.${stack}.yaml`);

/** Makes an empty stack in its sandbox. @param variables of the environment, besides this process's */
export async function createSandboxStack(stack: string, variables: Record<string, string> = {}): Promise<void> {
  if (stack === sandboxStack) return createStack(stack, variables);
  // A project of its own: the engine writes the salt of the stack's secrets beside Pulumi.yaml, and what is committed
  // stays as it is.
  fs.mkdirSync(projectOf(stack), { recursive: true });
  fs.writeFileSync(path.join(projectOf(stack), "Pulumi.yaml"), stringify({ name: project, runtime: "nodejs" }));
  await createStack(stack, variables, projectOf(stack));
}

/**
 * The engine's options for a stack in its sandbox: a copy of its configuration, which is written anew. The example's
 * file is used as it is: it holds the salt of the sandbox's passphrase already.
 *
 * @throws Problem where the configuration has values that only another key can read
 */
export function sandboxConfiguration({ stack, file, content }: StackSettings): string[] {
  if (stack === sandboxStack) return [];
  const copy = copyOf(stack);
  const written: Record<string, unknown> = fs.existsSync(copy) ? parse(fs.readFileSync(copy, "utf8")) : {};
  const { encryptionsalt } = written;
  fs.writeFileSync(
    copy,
    stringify({ ...(encryptionsalt ? { encryptionsalt } : {}), config: inSandbox(file, content) }),
  );
  return ["--config-file", copy];
}

/** The options for commands about a stack that may have been started before; none where it was not. */
export function startedConfiguration(stack: string): string[] {
  return stack !== sandboxStack && stackExists(stack) && fs.existsSync(copyOf(stack))
    ? ["--config-file", copyOf(stack)]
    : [];
}

/** Without what names an account or a role to take on: the sandbox is an account, and whoever asks it has every right. */
function inSandbox(file: string, { config }: StackSettings["content"]): Record<string, unknown> {
  const secret = Object.entries(config).find(([, value]) => JSON.stringify(value)?.includes('{"secure":'));
  if (secret)
    throw new Problem(
      `${path.join(repositoryDirectory(), file)}: ${secret[0]} is encrypted with the stack's own key, which the sandbox does not have. Nothing that the fleet needs is secret: write it in clear, or leave it out.`,
    );
  return Object.fromEntries(Object.entries(config).filter(([key]) => !key.startsWith("aws:") || key === "aws:region"));
}
