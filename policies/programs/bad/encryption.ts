import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Key, KeyPolicy } from "@pulumi/aws/kms";
import { Secret, SecretRotation } from "@pulumi/aws/secretsmanager";
import { keyArn } from "../parts";
import { bad } from "../program";

const everyone = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Use", Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }],
});

bad("key-for-ever", { "kms-key-hygiene": ["key"] }, (name) => {
  new Key(name("key"), { description: "Warehouse", deletionWindowInDays: 30 });
});
bad("key-gone-soon", { "kms-key-hygiene": ["key"] }, (name) => {
  new Key(name("key"), { enableKeyRotation: true, deletionWindowInDays: 7 });
});
bad("key-for-all", { "kms-key-hygiene": ["key"] }, (name) => {
  new Key(name("key"), { enableKeyRotation: true, deletionWindowInDays: 30, policy: everyone });
});
bad("key-policy-for-all", { "kms-key-hygiene": ["policy"] }, (name) => {
  new KeyPolicy(name("policy"), { keyId: keyArn, policy: everyone });
});
bad("secret-key-of-aws", { "customer-managed-kms": ["secret"] }, (name) => {
  const secret = new Secret(name("secret"), { name: name("reader") });
  new SecretRotation(name("rotation"), {
    secretId: secret.id,
    rotationLambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:rotate",
    rotationRules: { automaticallyAfterDays: 30 },
  });
});
bad("secret-for-ever", { "secret-rotation": ["secret"] }, (name) => {
  new Secret(name("secret"), { name: name("reader"), kmsKeyId: keyArn });
});
bad("secret-for-a-year", { "secret-rotation": ["secret"] }, (name) => {
  const secret = new Secret(name("secret"), { name: name("reader"), kmsKeyId: keyArn });
  new SecretRotation(name("rotation"), {
    secretId: secret.id,
    rotationLambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:rotate",
    rotationRules: { automaticallyAfterDays: 365 },
  });
});
bad("logs-for-ever", { "log-group-retention": ["logs"] }, (name) => {
  new LogGroup(name("logs"), { kmsKeyId: keyArn });
});
bad("logs-for-a-week", { "log-group-retention": ["logs"] }, (name) => {
  new LogGroup(name("logs"), { kmsKeyId: keyArn, retentionInDays: 7 });
});
bad("logs-clear", { "customer-managed-kms": ["logs"] }, (name) => {
  new LogGroup(name("logs"), { retentionInDays: 90 });
});
