import { setTimeout as sleep } from "node:timers/promises";
import {
  GetWorkgroupCommand,
  type RedshiftServerlessClient,
  UpdateWorkgroupCommand,
  type Workgroup,
} from "@aws-sdk/client-redshift-serverless";
import { backoff } from "../data-api/retry";
import { type ConfigParameters, defaultsOf, nextChange, ownParameters } from "./config-parameters";

type Client = Pick<RedshiftServerlessClient, "send">;

/** Stand-ins for tests. */
export interface Waiting {
  pause?(milliseconds: number): Promise<unknown>;
  now?(): number;
  random?(): number;
}

/** As long as the AWS provider tries an update again and waits for its end (workgroup.go), in minutes. */
const deadlineMinutes = 20;
/** More requests than any change needs; a service that takes back what it was told is not asked for ever. */
const mostRequests = 10;

/** What the workgroup has of the parameters that are ours. @returns undefined when there is no such workgroup */
export async function readWorkgroupParameters(
  client: Client,
  workgroupName: string,
  wanted: ConfigParameters,
): Promise<Record<string, string> | undefined> {
  const workgroup = await find(client, workgroupName);
  return workgroup && ownParameters(parametersOf(workgroup), wanted);
}

/**
 * Brings the parameters of a workgroup in line with `wanted`; those that nobody here knows stay as they are. Waits for other
 * operations on the workgroup and its namespace, and until the workgroup is available again.
 *
 * @returns what the workgroup has then
 * @throws Error naming the workgroup, the parameters and AWS's own words
 */
export async function setWorkgroupParameters(
  client: Client,
  workgroupName: string,
  wanted: ConfigParameters,
  waiting: Waiting = {},
): Promise<Record<string, string>> {
  const patience = new Patience(workgroupName, waiting);
  let queuesFirst = false;
  for (let requests = 0; ; ) {
    const workgroup = await available(client, workgroupName, patience);
    const actual = parametersOf(workgroup);
    const change = nextChange(actual, wanted, queuesFirst);
    if (!change) return ownParameters(actual, wanted);
    requests += 1;
    if (requests > mostRequests) {
      throw new Error(
        `Workgroup ${workgroupName} still differs in ${Object.keys(change).join(", ")} after ${mostRequests} updates that AWS accepted. ` +
          "See whether somebody else sets them too.",
      );
    }
    try {
      await client.send(new UpdateWorkgroupCommand({ workgroupName, configParameters: listOf(change) }));
      patience.renew();
    } catch (error) {
      if (isBusy(error)) {
        requests -= 1;
        await patience.pause(error);
      } else if (isRefused(error) && !queuesFirst && differ(change, nextChange(actual, wanted, true))) {
        // Perhaps because of the queues that are still there.
        queuesFirst = true;
      } else throw refused(workgroupName, change, error);
    }
  }
}

/** Gives back to AWS's defaults what `parameters` set. Does nothing when the workgroup is gone or going. */
export async function resetWorkgroupParameters(
  client: Client,
  workgroupName: string,
  parameters: ConfigParameters,
  waiting: Waiting = {},
): Promise<void> {
  const workgroup = await find(client, workgroupName);
  if (!workgroup || workgroup.status === "DELETING") return;
  await setWorkgroupParameters(client, workgroupName, defaultsOf(parameters), waiting);
}

async function find(client: Client, workgroupName: string): Promise<Workgroup | undefined> {
  try {
    return (await client.send(new GetWorkgroupCommand({ workgroupName }))).workgroup;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** Waits until nothing is under way on the workgroup itself. */
async function available(client: Client, workgroupName: string, patience: Patience): Promise<Workgroup> {
  for (;;) {
    const workgroup = await find(client, workgroupName);
    if (!workgroup || workgroup.status === "DELETING") {
      throw new Error(`There is no workgroup ${workgroupName} any more: run \`pulumi refresh\` and \`pulumi up\`.`);
    }
    if (workgroup.status === "AVAILABLE") return workgroup;
    await patience.pause(`its status is ${workgroup.status}`);
  }
}

function parametersOf({ configParameters = [] }: Workgroup): Record<string, string> {
  return Object.fromEntries(
    configParameters.map(({ parameterKey = "", parameterValue = "" }) => [parameterKey, parameterValue]),
  );
}

const listOf = (parameters: ConfigParameters) =>
  Object.entries(parameters).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));

const differ = (one: object, other: object | undefined) => JSON.stringify(one) !== JSON.stringify(other);

/** Refusals that pass by themselves: workgroup.go tries the same ones again. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "ConflictException") return true;
  // Also where the workgroup has what it is told already, and GetWorkgroup does not show it yet.
  return error.name === "ValidationException" && /snapshot exists and retry|specify any changes/i.test(error.message);
}

const isRefused = (error: unknown) => error instanceof Error && error.name === "ValidationException";

function refused(workgroupName: string, change: ConfigParameters, error: unknown): Error {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return new Error(`Workgroup ${workgroupName} does not take ${Object.keys(change).join(", ")}. ${name}: ${message}`, {
    cause: error,
  });
}

/** Waits longer and longer, and not for ever. */
class Patience {
  private readonly now: () => number;
  private readonly random: () => number;
  private readonly sleep: (milliseconds: number) => Promise<unknown>;
  private deadline: number;
  private pauses = 0;

  constructor(
    private readonly workgroupName: string,
    { now = Date.now, random = Math.random, pause = sleep }: Waiting,
  ) {
    this.now = now;
    this.random = random;
    this.sleep = pause;
    this.deadline = now() + deadlineMinutes * 60_000;
  }

  /** Something has been achieved: what comes next has its own time. */
  renew(): void {
    this.deadline = this.now() + deadlineMinutes * 60_000;
    this.pauses = 0;
  }

  /** @throws Error with the last reason when the time is over */
  async pause(reason: unknown): Promise<void> {
    if (this.now() >= this.deadline) {
      const why = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
      throw new Error(
        `Workgroup ${this.workgroupName} was not free for a change of its parameters within ${deadlineMinutes} minutes: ${why}. ` +
          "See what is under way there, and run the update again.",
      );
    }
    this.pauses += 1;
    await this.sleep(Math.max(50, backoff(this.pauses, this.random)));
  }
}
