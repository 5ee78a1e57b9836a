import { objects } from "../framework/config";
import { definePolicy, policyNames } from "../framework/policy";
import { faultOf, noSuchPolicy, setWaivers, today, type Waiver } from "../framework/waivers";

const text = (description: string) => ({ type: "string", minLength: 1, description }) as const;

export const waivers = definePolicy({
  name: "waivers",
  area: "governance",
  entry: 50,
  description: "A waiver must name a policy, a resource, a reason, an owner and a day that has not passed.",
  why: "a waiver without an end or an owner is a rule switched off for good",
  mend: "mend the resource and delete the waiver, or have its owner renew it",
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/",
  parameters: {
    waivers: objects<Waiver>(
      "Violations accepted for a while. Each one used is reported as a note; an expired one waives nothing.",
      {
        policy: text("Name of the policy."),
        resource: text("Pattern of the resource's URN, * for any characters."),
        reason: text("Why it is accepted."),
        owner: text("Who answers for it."),
        expires: text("Last day on which it holds, YYYY-MM-DD."),
      },
      ["policy", "resource", "reason", "owner", "expires"],
    ),
  },
  types: "every",
  checks: [(_resource, { config }) => setWaivers(config.waivers)],
  stackTypes: "every",
  stackChecks: [
    (resource, { config, violation }) => {
      setWaivers(config.waivers);
      if (resource.type !== "pulumi:pulumi:Stack") return;
      for (const waiver of config.waivers) {
        const its = `the waiver of ${waiver.policy} for ${waiver.resource} (owner: ${waiver.owner})`;
        const fault = faultOf(waiver, today());
        if (fault) violation(`${its} ${fault}`);
        const names = policyNames();
        if (waiver.policy && !names.includes(waiver.policy)) {
          violation(`${its} waives nothing: ${noSuchPolicy(waiver.policy, names)}`, {
            mend: "name one of the policies of docs/policies.md, or delete the waiver",
          });
        }
      }
    },
  ],
});
