import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DeregisterTargetsCommand,
  ModifyListenerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { kill, revive } from "../../../sandbox/control";
import { type CheckedFleet, endpointOf, settled } from "./checked-fleet";
import type { Faults } from "./fault";

const idleTimeout = ({ account, listener: { ListenerArn } }: CheckedFleet, Value: string) =>
  account.balancing.send(
    new ModifyListenerAttributesCommand({ ListenerArn, Attributes: [{ Key: "tcp.idle_timeout.seconds", Value }] }),
  );
const preserve = ({ account, groupArn }: CheckedFleet, Value: string) =>
  account.balancing.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: groupArn,
      Attributes: [{ Key: "preserve_client_ip.enabled", Value }],
    }),
  );
const register = ({ account, groupArn: TargetGroupArn }: CheckedFleet, Id: string) =>
  account.balancing.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));
const deregister = ({ account, groupArn: TargetGroupArn }: CheckedFleet, Id: string) =>
  account.balancing.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: [{ Id }] }));

/** The balancer, its listener, its target group and its targets. */
export const balancerFaults: Faults = {
  "no listener": (checked) => {
    const { account, groupArn } = checked;
    return {
      make: () => account.balancing.send(new DeleteListenerCommand({ ListenerArn: checked.listener.ListenerArn })),
      async undo() {
        const { LoadBalancerArn, Port, Protocol } = checked.listener;
        const DefaultActions = [{ Type: "forward" as const, TargetGroupArn: groupArn }];
        const request = new CreateListenerCommand({ LoadBalancerArn, Port, Protocol, DefaultActions });
        checked.listener = (await account.balancing.send(request)).Listeners![0]!;
        await idleTimeout(checked, "6000");
      },
      finds: () => "balancer-present: Balancer ",
    };
  },
  "client addresses preserved": (checked) => ({
    make: () => preserve(checked, "true"),
    undo: () => preserve(checked, "false"),
    finds: () => "balancer-forwarding: Target group ",
  }),
  "a short idle timeout": (checked) => ({
    make: () => idleTimeout(checked, "350"),
    undo: () => idleTimeout(checked, "6000"),
    finds: () => "idle-timeout: The balancer cuts connections that are silent for 350 s, sooner than queries end",
  }),
  "a target deregistered": (checked) => {
    let address: string;
    return {
      async make() {
        ({ address } = await endpointOf(checked.account, checked.first));
        await deregister(checked, address);
      },
      undo: () => register(checked, address),
      finds: () => `targets-registered: The balancer does not send connections to pool-1 at ${address}, port 5439`,
    };
  },
  "a stranger among the targets": (checked) => {
    const stranger = checked.producer.host;
    return {
      make: () => register(checked, stranger),
      undo: () => deregister(checked, stranger),
      finds: () => `targets-registered: The balancer sends connections to ${stranger}, which is not of the pool`,
    };
  },
  "a zone lost": ({ fleet }) => ({
    async make() {
      await kill({ dir: fleet.sandbox, target: "zone:us-east-1b" });
      await settled(fleet, (states) => states.filter((state) => state === "unhealthy").length === 2);
    },
    undo: () => revive({ dir: fleet.sandbox, target: "zone:us-east-1b" }),
    finds: () => "targets-healthy: No target in us-east-1b is healthy: pool-1 (",
  }),
};
