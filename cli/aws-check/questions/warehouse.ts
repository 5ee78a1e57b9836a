import {
  GetNamespaceCommand,
  GetWorkgroupCommand,
  RedshiftServerlessClient,
} from "@aws-sdk/client-redshift-serverless";
import type { Question } from "../question";
import type { Trial } from "../trial";

async function withServerless<T>(trial: Trial, work: (client: RedshiftServerlessClient) => Promise<T>): Promise<T> {
  const client = new RedshiftServerlessClient({ region: trial.region, maxAttempts: 4 });
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

/** Keys that the fleet sets itself, or that set a limit of `monitoring`. */
const ownKeys =
  /^(auto_mv|enable_case_sensitive_identifier|enable_user_activity_logging|query_group|require_ssl|search_path|use_fips_ssl|datestyle|wlm_json_configuration|max_\w+)$/;

/** What the service adds to what it is told, and keeps of what it is no longer told. */
export const warehouseQuestions: readonly Question[] = [
  {
    id: "parameter-keys",
    asks: "Which config parameters does a workgroup have that nobody set?",
    settles: "Keys unknown to the fleet are left alone; the list says what a patch has added.",
    byHand: "aws redshift-serverless get-workgroup --workgroup-name <name> --query workgroup.configParameters",
    ask: (trial) =>
      withServerless(trial, async (client) => {
        const workgroupName = trial.consumer.workgroup ?? "";
        const { workgroup } = await client.send(new GetWorkgroupCommand({ workgroupName }));
        const keys = (workgroup?.configParameters ?? []).map(({ parameterKey = "" }) => parameterKey);
        const foreign = keys.filter((key) => !ownKeys.test(key));
        if (foreign.length === 0) return { verdict: "other", seen: "none" };
        return { verdict: "expected", seen: foreign.join(", ") };
      }),
  },
  {
    id: "role-taken-out",
    asks: "Does a namespace lose its role when `producer.s3` leaves the configuration?",
    settles: "The list of roles is sent empty, not left out.",
    byHand: "aws redshift-serverless get-namespace --namespace-name <name> --query namespace.iamRoles",
    async ask(trial) {
      await trial.up(
        () => undefined,
        ({ producer }) => {
          if (typeof producer === "object") delete producer.s3;
        },
      );
      return withServerless(trial, async (client) => {
        // A namespace and its workgroup have the same name.
        const namespaceName = trial.outputs.producer.workgroup ?? "";
        const { namespace } = await client.send(new GetNamespaceCommand({ namespaceName }));
        const left = namespace?.iamRoles ?? [];
        return left.length === 0
          ? { verdict: "expected", seen: "no role is left" }
          : { verdict: "fault", seen: `still there: ${left.join(", ")}` };
      });
    },
  },
];
