import { absent, resource, unknown } from "../testing/fixture";
import { testPolicy, undecided, violates } from "../testing/table";
import { lambdaTracing } from "./lambda-tracing";

testPolicy(lambdaTracing, { fn: resource("aws:lambda/function:Function", { tracingConfig: { mode: "Active" } }) }, [
  violates("not set", { "fn.tracingConfig": absent }, /fn: tracingConfig\.mode is not set/),
  violates("passed through", { "fn.tracingConfig.mode": "PassThrough" }, /mode is PassThrough/),
  undecided("not known yet", { "fn.tracingConfig.mode": unknown }, /tracingConfig\.mode/),
]);
