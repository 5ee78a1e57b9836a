import type { Connection } from "@redshift-fleet/redshift";
import { type ConfigParameters, canonicalParameters } from "@redshift-fleet/redshift/declarations";
import { dynamicResource } from "../lifecycle/dynamic-resource";

export interface ParametersInputs {
  connection: Connection;
  /** For what has to come after the workgroup's parameters, too. */
  workgroupName: string;
  parameters: ConfigParameters;
}

/**
 * The config parameters of a workgroup, those that the program answers for and never others, in place of the argument
 * `configParameters` of `aws.redshiftserverless.Workgroup`: that one compares the whole set, of which every patch of AWS
 * returns more, and refuses keys that the API knows (hashicorp/terraform-provider-aws#49939, #33899).
 * Import id: the workgroup's name.
 */
export class WorkgroupParameters extends dynamicResource<ParametersInputs, ParametersInputs>("parameters", {
  type: "WorkgroupParameters",
  title: "parameters of workgroup",
  fields: { connection: "compared", workgroupName: "identity", parameters: "compared" },
  id: ({ workgroupName }) => workgroupName,
  normalise: (inputs) => ({ ...inputs, parameters: canonicalParameters(inputs.parameters) }),

  async create({ serverlessClient, setWorkgroupParameters }, inputs) {
    const { connection, workgroupName, parameters } = inputs;
    return {
      ...inputs,
      parameters: await setWorkgroupParameters(serverlessClient(connection), workgroupName, parameters),
    };
  },

  async read({ readWorkgroupParameters, serverlessClient }, state) {
    const { connection, workgroupName, parameters } = state;
    const found = await readWorkgroupParameters(serverlessClient(connection), workgroupName, parameters);
    return found && { ...state, parameters: found };
  },

  remove: ({ resetWorkgroupParameters, serverlessClient }, { connection, workgroupName, parameters }) =>
    resetWorkgroupParameters(serverlessClient(connection), workgroupName, parameters),
}) {}
