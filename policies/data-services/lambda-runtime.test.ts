import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { lambdaRuntime } from "./lambda-runtime";

testPolicy(lambdaRuntime, { fn: resource("aws:lambda/function:Function", { runtime: "nodejs22.x", role: unknown }) }, [
  violates("a retired one", { "fn.runtime": "nodejs14.x" }, /fn: runtime is nodejs14\.x/),
  violates("one that the organization does not want", {}, /nodejs22\.x/, { config: { allowed: ["python*"] } }),
  undecided("not known yet", { "fn.runtime": unknown }, /runtime/),
  passes("an image, which has none", { "fn.runtime": absent }),
]);
