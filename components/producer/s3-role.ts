import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { viaService } from "../naming/dns";
import type { Fault } from "../validation";

/** Where in S3 a warehouse may read and write: `bucket`, `bucket/prefix` or `bucket/prefix/*`. */
export interface S3Access {
  /** What COPY may load. @default none */
  readonly read?: readonly string[];
  /** Where UNLOAD may write. @default none */
  readonly write?: readonly string[];
}

interface S3RoleArgs {
  readonly access: S3Access;
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly tags?: Record<string, string>;
}

const bucketOf = (place: string) => place.split("/")[0] ?? place;

/** Whether any place was named; a role without permissions is not worth having. */
export function wantsS3(access: S3Access | undefined): access is S3Access {
  return (access?.read?.length ?? 0) + (access?.write?.length ?? 0) > 0;
}

/** Checks the places, so that no wildcard opens more than was meant. */
export function checkS3(access: S3Access | undefined): Fault[] {
  const faults: Fault[] = [];
  for (const kind of ["read", "write"] as const)
    (access?.[kind] ?? []).forEach((place, index) => {
      if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^*?]*)?(\/\*)?$/.test(place)) return;
      faults.push({
        path: `s3.${kind}[${index}]`,
        value: place,
        rule: "must name a bucket and, after a slash, the start of the keys; a `*` only at the end",
        remedy: "Write it like `my-bucket/landing/*`, without `s3://`",
      });
    });
  return faults;
}

/** The role that COPY and UNLOAD take: only the buckets and prefixes named, only for this account's warehouses. */
export function createS3Role(parent: pulumi.Resource, name: string, args: S3RoleArgs): Role {
  const role = new Role(
    name,
    {
      description: "Lets the producer load from and unload to the buckets named in the fleet's configuration",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["redshift.amazonaws.com", "redshift-serverless.amazonaws.com"] },
            Action: "sts:AssumeRole",
            // No page of AWS says that Redshift names the account when it assumes a role: where it does, it must be ours.
            Condition: { StringEqualsIfExists: { "aws:SourceAccount": args.accountId } },
          },
        ],
      }),
      tags: args.tags,
    },
    { parent },
  );
  new RolePolicy(
    `${name}-policy`,
    {
      role: role.name,
      policy: pulumi
        .output(args.kmsKeyArn)
        .apply((keyArn) => JSON.stringify(s3Policy(args.access, args.partition, args.region, keyArn))),
    },
    { parent },
  );
  return role;
}

/** The permissions of that role. */
export function s3Policy(access: S3Access, partition: string, region: string, keyArn: string) {
  const read = access.read ?? [];
  const write = access.write ?? [];
  const keys = (places: readonly string[]) =>
    places.map((place) => `arn:${partition}:s3:::${place.endsWith("*") ? place : `${place.replace(/\/$/, "")}/*`}`);
  const buckets = [...new Set([...read, ...write].map(bucketOf))].sort();
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetBucketLocation", "s3:ListBucket"],
        Resource: buckets.map((bucket) => `arn:${partition}:s3:::${bucket}`),
      },
      ...(read.length > 0 ? [{ Effect: "Allow", Action: "s3:GetObject", Resource: keys(read) }] : []),
      ...(write.length > 0
        ? [{ Effect: "Allow", Action: ["s3:AbortMultipartUpload", "s3:PutObject"], Resource: keys(write) }]
        : []),
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": viaService("s3", region, partition) } },
      },
    ],
  };
}
