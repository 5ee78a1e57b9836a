// Writes `sandbox/services/*/constraints.json`: what AWS's own models say of requests and the schemas of its SDK for JavaScript
// leave out: lengths, ranges, patterns, enums, and which numbers are whole. Run it by hand after a service is added:
//   pip download --no-deps botocore && unzip botocore-*.whl -d /tmp/botocore
//   node scripts/write-constraints.cjs /tmp/botocore/botocore
// The models are those that botocore carries (https://github.com/boto/botocore, botocore/data); texts are left out.
const fs = require("node:fs");
const path = require("node:path");
const { gunzipSync } = require("node:zlib");

const target = path.resolve(__dirname, "..", "sandbox", "services");

/**
 * Services by their folders: the model's folder, and of a service with hundreds of operations those that are kept.
 * @type {Record<string, { model: string, only?: string[] }>}
 */
const services = {
  "redshift-serverless": { model: "redshift-serverless/2021-04-21" },
  "redshift-data": { model: "redshift-data/2019-12-20" },
  secretsmanager: { model: "secretsmanager/2017-10-17" },
  kms: { model: "kms/2014-11-01" },
  elbv2: { model: "elbv2/2015-12-01" },
  sts: { model: "sts/2011-06-15" },
  ec2: {
    model: "ec2/2016-11-15",
    only: [
      "AuthorizeSecurityGroupEgress",
      "AuthorizeSecurityGroupIngress",
      "CreateNetworkInterface",
      "CreateSubnet",
      "DeleteNetworkInterface",
      "DeleteSubnet",
      "DescribeAvailabilityZones",
      "DescribeFlowLogs",
      "DescribeNetworkInterfaces",
      "DescribeRouteTables",
      "DescribeSecurityGroupRules",
      "DescribeSecurityGroups",
      "DescribeSubnets",
      "DescribeVpcAttribute",
      "DescribeVpcEndpoints",
      "DescribeVpcs",
      "RevokeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
    ],
  },
};

const complex = new Set(["structure", "list", "map"]);
/** Bits of the whole numbers. */
const whole = { integer: 32, long: 64 };

/** What is left of a model. */
function distil({ metadata, operations, shapes }, only) {
  const kept = {};
  /** @returns undefined where nothing in a member is constrained */
  const member = ({ shape }) => {
    const { type, min, max, pattern, enum: values } = shapes[shape];
    if (complex.has(type)) return keep(shape) ? { of: shape } : undefined;
    const known = pattern === undefined || compiles(pattern, `${metadata.uid} ${shape}`) ? pattern : undefined;
    const scalar = { min, max, pattern: known, enum: values, whole: whole[type] };
    return Object.values(scalar).some((value) => value !== undefined) ? scalar : undefined;
  };
  const keep = (name) => {
    if (Object.hasOwn(kept, name)) return kept[name];
    const { type, members = {}, member: item, key, value, min, max } = shapes[name];
    // A shape that holds itself is met again before it is known.
    kept[name] = {};
    const entries = Object.entries(members).map(([key, reference]) => [key, member(reference)]);
    const constrained = entries.filter(([, found]) => found);
    const shape = {
      min: type === "structure" ? undefined : min,
      max: type === "structure" ? undefined : max,
      members: constrained.length > 0 ? Object.fromEntries(constrained) : undefined,
      item: item && member(item),
      key: key && member(key),
      value: value && member(value),
    };
    kept[name] = Object.values(shape).some((found) => found !== undefined) ? shape : undefined;
    return kept[name];
  };
  const inputs = Object.keys(operations)
    .filter((name) => (only?.includes(name) ?? true) && operations[name].input && keep(operations[name].input.shape))
    .map((name) => [name, operations[name].input.shape]);
  const shapesLeft = Object.entries(kept).filter(([, shape]) => shape);
  return { operations: Object.fromEntries(inputs), shapes: Object.fromEntries(shapesLeft) };
}

/** AWS's patterns are Java's: those that JavaScript does not read are left out. Some it reads without `u` only. */
function compiles(pattern, where) {
  for (const flags of ["u", ""]) {
    try {
      new RegExp(`^(?:${pattern})$`, flags);
      return true;
    } catch {
      // The other flags, or none.
    }
  }
  console.warn(`left out a pattern: ${where} ${pattern}`);
  return false;
}

/** One operation and one shape a line, in the order of names, so that changes can be read. */
function print({ operations, shapes }, source) {
  const lines = (entries) =>
    Object.keys(entries)
      .sort()
      .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(entries[name])}`)
      .join(",\n");
  return `{
"source": ${JSON.stringify(source)},
"operations": {
${lines(operations)}
},
"shapes": {
${lines(shapes)}
}
}
`;
}

function main([botocore]) {
  if (!botocore) throw new Error("usage: node scripts/write-models.cjs <folder of botocore>");
  const version = fs.readFileSync(path.join(botocore, "__init__.py"), "utf8").match(/__version__ = '(.+)'/)?.[1];
  for (const [service, { model, only }] of Object.entries(services)) {
    const file = path.join(botocore, "data", model, "service-2.json.gz");
    const read = JSON.parse(gunzipSync(fs.readFileSync(file)).toString("utf8"));
    const text = print(distil(read, only), `botocore ${version}, ${model}`);
    fs.writeFileSync(path.join(target, service, "constraints.json"), text);
  }
}

main(process.argv.slice(2));
