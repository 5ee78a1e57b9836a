import type { UnsuccessfulItem } from "@aws-sdk/client-ec2";
import { AwsError } from "../../aws/errors";
import { isMap, maps, type ValueMap } from "../../provider/values";

/** Does something to each of several things. @returns those that refused, which is no error of the request */
export function unsuccessful(ids: readonly string[], work: (id: string) => void): UnsuccessfulItem[] {
  return ids.flatMap((ResourceId) => {
    try {
      work(ResourceId);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [{ ResourceId, Error: { Code: error.code, Message: error.message } }];
    }
  });
}

/** The other side: what was refused of a request for one thing is an error. @throws AwsError */
export function requireSuccess(answer: ValueMap): ValueMap {
  const [refused] = maps(answer, "Unsuccessful");
  if (!refused) return answer;
  const { Code = "", Message = "" } = isMap(refused.Error) ? refused.Error : {};
  throw new AwsError(String(Code), String(Message));
}
