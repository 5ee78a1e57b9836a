const { Namespace } = require("@pulumi/aws/redshiftserverless");

exports.namespace = new Namespace("unencrypted-namespace", {
  namespaceName: "unencrypted",
  manageAdminPassword: true,
}).arn;
