import * as pulumi from "@pulumi/pulumi";

/** A resource that a program under test asked for. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** What the cloud would have added, by type; the rest gets an id and an ARN. */
const outputsOf: Readonly<Record<string, (name: string, inputs: Record<string, unknown>) => object>> = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": () => ({ prefixListId: "pl-12345678" }),
  "aws:kms/key:Key": (name) => ({ keyId: `${name}-id` }),
  "aws:redshiftserverless/namespace:Namespace": (name) => ({
    namespaceId: `${name}-guid`,
    adminPasswordSecretArn: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}`,
  }),
  "aws:redshiftserverless/workgroup:Workgroup": (name, { port }) => ({
    endpoints: [
      {
        address: `${name}.example.com`,
        port,
        vpcEndpoints: [{ networkInterfaces: [{ privateIpAddress: `address of ${name}` }] }],
      },
    ],
  }),
  "aws:redshiftserverless/endpointAccess:EndpointAccess": (name) => ({
    vpcEndpoints: [{ networkInterfaces: [{ privateIpAddress: `address of ${name}` }] }],
  }),
  "aws:lb/loadBalancer:LoadBalancer": (name) => ({ dnsName: `${name}.example.com` }),
  "command:local:Command": () => ({ stdout: "{}" }),
  "pulumi-nodejs:dynamic/redshift:Datashare": (name) => ({ incarnation: `${name} once`, sourceDatabase: "fleet" }),
  "pulumi-nodejs:dynamic/redshift:ReaderSecret": () => ({ secretArn: "arn:secret" }),
};

/** Takes the place of the engine: remembers every resource and answers with plausible outputs. */
export class Recorder {
  readonly resources: Recorded[] = [];

  private constructor() {}

  /** Starts recording. The answers to invokes are given by token. */
  static start(invokes: Readonly<Record<string, (args: Record<string, unknown>) => Record<string, unknown>>> = {}) {
    const recorder = new Recorder();
    pulumi.runtime.setMocks(
      {
        newResource: ({ type, name, inputs }) => {
          recorder.resources.push({ type, name, inputs: unwrapped(inputs) });
          const arn = `arn:aws:mock:us-east-1:123456789012:${name}`;
          return { id: `${name}-id`, state: { arn, ...inputs, ...outputsOf[type]?.(name, inputs) } };
        },
        call: ({ token, inputs }) => {
          const answer = invokes[token];
          if (!answer) throw new Error(`The test has no answer for ${token}.`);
          return answer(inputs);
        },
      },
      "project",
      "stack",
      false,
    );
    return recorder;
  }

  /** Waits until every resource asked for so far is registered. */
  async settled(): Promise<void> {
    await pulumi.runtime.disconnect();
  }

  /** The names of all resources of a type, in order. */
  named(type: string): string[] {
    return this.of(type).map(({ name }) => name);
  }

  of(type: string): Recorded[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The inputs of the only resource of that name and type. */
  inputsOf(type: string, name: string): Record<string, unknown> {
    const found = this.of(type).filter((resource) => resource.name === name);
    if (found.length !== 1) throw new Error(`There are ${found.length} of ${type} ${name}: ${this.named(type)}`);
    return found[0]?.inputs ?? {};
  }
}

/** The engine's mark of a secret on its way through the wire. */
const secretMark = "4dabf18193072939515e22adb298388d";

/** The inputs with secrets as plain values, one level deep. */
function unwrapped(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null && secretMark in value ? Reflect.get(value, "value") : value,
    ]),
  );
}

/** The value of an Output. */
export function known<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((resolve) => {
    pulumi.output(output).apply(resolve);
  });
}

/** A network to place things in. */
export function testNetwork() {
  const group = (name: string) => pulumi.output(`sg-${name}`);
  const subnets = ["a", "b", "c"].map((key, index) => ({
    key,
    az: `us-east-1${key}`,
    cidr: `10.0.${2 * index}.0/23`,
    id: pulumi.output(`subnet-${key}`),
  }));
  return {
    vpcId: pulumi.output("vpc-1"),
    subnets,
    warehouseSubnets: subnets,
    securityGroups: {
      clients: group("clients"),
      balancer: group("balancer"),
      consumers: group("consumers"),
      producer: group("producer"),
    },
  };
}

/** A place for warehouses. */
export function testPlace() {
  return { namePrefix: "fleet-test", network: testNetwork(), kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/k" };
}
