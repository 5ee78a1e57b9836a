import { definePolicy } from "../framework/policy";

export const workgroupNotPublic = definePolicy({
  name: "workgroup-not-public",
  area: "serverless",
  entry: 10,
  description: "A Redshift Serverless workgroup must not be publicly accessible.",
  why: "its endpoint would get an address on the internet",
  mend: "remove publiclyAccessible or set it to false, and let readers come through the VPC",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub RedshiftServerless.3"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/redshiftserverless-controls.html#redshiftserverless-3",
  types: ["aws:redshiftserverless/workgroup:Workgroup"],
  checks: [
    (workgroup, { violation }) => {
      if (workgroup.flag("publiclyAccessible")) violation("publiclyAccessible is true");
    },
  ],
  remedy: () => ({ publiclyAccessible: false }),
});
