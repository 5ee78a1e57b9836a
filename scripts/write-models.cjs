// Writes `sandbox/gateway/models/`: what AWS's own models say of the services that the sandbox has, as far as it needs to
// be known to read requests, to check them, and to write answers. Run it by hand after an operation or a service is added:
//   pip download --no-deps botocore && unzip botocore-*.whl -d /tmp/botocore
//   node scripts/write-models.cjs /tmp/botocore/botocore
// The models are those that botocore carries (https://github.com/boto/botocore, botocore/data); texts are left out.
const fs = require("node:fs");
const path = require("node:path");
const { gunzipSync } = require("node:zlib");

const target = path.resolve(__dirname, "..", "sandbox", "gateway", "models");

/**
 * Services by their signing name: the model's folder, and of a service with hundreds of operations those that are kept.
 * @type {Record<string, { model: string, only?: string[] }>}
 */
const services = {
  "redshift-serverless": { model: "redshift-serverless/2021-04-21" },
  "redshift-data": { model: "redshift-data/2019-12-20" },
  secretsmanager: { model: "secretsmanager/2017-10-17" },
  kms: { model: "kms/2014-11-01" },
  elasticloadbalancing: { model: "elbv2/2015-12-01" },
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
const formats = { iso8601: "iso", rfc822: "http", unixTimestamp: "epoch" };

/** What is left of a model. */
function distil({ metadata, operations, shapes }, only) {
  const kept = {};
  const member = ({ shape, locationName, queryName }) => {
    const { type, min, max, pattern, enum: values, sensitive, timestampFormat } = shapes[shape];
    const wire = { wire: locationName, queryWire: queryName };
    if (complex.has(type)) {
      keep(shape);
      return { of: shape, ...wire };
    }
    const known = pattern === undefined || compiles(pattern, `${metadata.uid} ${shape}`) ? pattern : undefined;
    const format = type === "timestamp" ? (formats[timestampFormat] ?? defaultFormat(metadata)) : undefined;
    return { type, min, max, pattern: known, enum: values, sensitive, format, ...wire };
  };
  const keep = (name) => {
    if (kept[name]) return;
    const { type, members, required, member: item, key, value, min, max, flattened, sensitive } = shapes[name];
    const shape = { type, min, max, flat: flattened, sensitive };
    kept[name] = shape;
    if (type === "structure") {
      shape.members = Object.fromEntries(Object.entries(members).map(([key, reference]) => [key, member(reference)]));
      shape.required = required;
    } else if (type === "list") shape.item = member(item);
    else Object.assign(shape, { key: member(key), value: member(value) });
  };
  const wanted = Object.keys(operations).filter((name) => only?.includes(name) ?? true);
  const described = wanted.map((name) => {
    const { input, output } = operations[name];
    for (const { shape } of [input, output].filter(Boolean)) keep(shape);
    return [name, { input: input?.shape, output: output?.shape, wrapper: output?.resultWrapper }];
  });
  const others = Object.keys(operations).filter((name) => !wanted.includes(name));
  return { operations: Object.fromEntries(described), others, shapes: kept };
}

const defaultFormat = ({ protocol }) => (protocol === "json" ? "epoch" : "iso");

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
function print({ operations, others, shapes }, source) {
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
"others": ${JSON.stringify(others.sort())},
"shapes": {
${lines(shapes)}
}
}
`;
}

function main([botocore]) {
  if (!botocore) throw new Error("usage: node scripts/write-models.cjs <folder of botocore>");
  const version = fs.readFileSync(path.join(botocore, "__init__.py"), "utf8").match(/__version__ = '(.+)'/)?.[1];
  fs.mkdirSync(target, { recursive: true });
  for (const [service, { model, only }] of Object.entries(services)) {
    const file = path.join(botocore, "data", model, "service-2.json.gz");
    const read = JSON.parse(gunzipSync(fs.readFileSync(file)).toString("utf8"));
    const text = print(distil(read, only), `botocore ${version}, ${model}`);
    fs.writeFileSync(path.join(target, `${service}.json`), text);
  }
}

main(process.argv.slice(2));
