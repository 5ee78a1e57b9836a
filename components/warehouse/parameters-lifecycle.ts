import {
  type ConfigParameters,
  type Connection,
  canonicalParameters,
  readWorkgroupParameters,
  resetWorkgroupParameters,
  serverlessClient,
  setWorkgroupParameters,
} from "@redshift-fleet/redshift";
import type { Lifecycle } from "../lifecycle/lifecycle";

export interface ParametersInputs {
  connection: Connection;
  workgroupName: string;
  parameters: ConfigParameters;
}

/** Parameters of one workgroup: those that the program answers for, never others. */
export const parametersLifecycle: Lifecycle<ParametersInputs, ParametersInputs> = {
  title: "parameters of workgroup",
  inputs: ["connection", "workgroupName", "parameters"],
  identity: ["workgroupName"],
  id: ({ workgroupName }) => workgroupName,
  normalise: (inputs) => ({ ...inputs, parameters: canonicalParameters(inputs.parameters) }),

  async create(inputs) {
    const { connection, workgroupName, parameters } = inputs;
    return {
      ...inputs,
      parameters: await setWorkgroupParameters(serverlessClient(connection), workgroupName, parameters),
    };
  },

  async read(state) {
    const { connection, workgroupName, parameters } = state;
    const found = await readWorkgroupParameters(serverlessClient(connection), workgroupName, parameters);
    return found && { ...state, parameters: found };
  },

  update: (_state, inputs) => parametersLifecycle.create(inputs),

  remove: ({ connection, workgroupName, parameters }) =>
    resetWorkgroupParameters(serverlessClient(connection), workgroupName, parameters),
};
