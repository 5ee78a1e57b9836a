import { AwsError } from "../../aws/errors";
import type { Operations } from "../../aws/service";

/**
 * The same operations; who asks with `DryRun` is answered, once the request is well-formed, and nothing is done.
 * The code is in https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html; words and status are in
 * the tests of getmoto/moto that were held against AWS (tests/test_ec2/helpers.py).
 */
export function withDryRun(operations: Operations): Operations {
  const entries = Object.entries(operations).map(([name, run]): [string, Operations[string]] => [
    name,
    (input, call) => {
      if (input.DryRun !== true) return run(input, call);
      throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
    },
  ]);
  return Object.fromEntries(entries);
}
