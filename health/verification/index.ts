// Whether readers see what they should, asked from the inside: what `fleet verify` and the command after a deployment run.
// A package entry of its own, `@redshift-fleet/health/verification`: it loads no client but the Data API's.
export { afterDeployment, type DeployedConsumer } from "./after-deployment";
export { type VerifiedShare, type VerifyResult, verify, verifyFleet } from "./verify";
