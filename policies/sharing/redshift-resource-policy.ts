import { admitsAnyone, statementsOf } from "../framework/iam-document";
import { definePolicy } from "../framework/policy";

export const redshiftResourcePolicy = definePolicy({
  name: "redshift-resource-policy",
  area: "sharing",
  entry: 33,
  description: "A Redshift resource policy must not admit every principal.",
  why: "anyone with an AWS account could then restore its snapshots or connect integrations to it",
  mend: "name the accounts in Principal, or add a condition on aws:PrincipalOrgID or aws:SourceAccount",
  severity: "critical",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_PutResourcePolicy.html",
  types: ["aws:redshiftserverless/resourcePolicy:ResourcePolicy", "aws:redshift/resourcePolicy:ResourcePolicy"],
  checks: [
    (resource, { violation }) => {
      for (const statement of statementsOf(resource.peek("policy"), "policy")) {
        if (admitsAnyone(statement)) violation(`policy${statement.sid && ` (${statement.sid})`} allows Principal "*"`);
      }
    },
  ],
});
