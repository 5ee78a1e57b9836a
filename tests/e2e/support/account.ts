import { type Clients, openClients } from "../../../health/facts/clients";
import { deployMs, type Fleet } from "./fleet";

/** The fleet's account through AWS's own clients, as somebody with a console and too many rights has it. */
export function accountOf({ environment }: Fleet): Clients {
  const settings = {
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
  };
  return openClients(settings, deployMs);
}
