import { counted } from "@redshift-fleet/redshift/declarations";
import type { SandboxStatus } from "@redshift-fleet/sandbox";
import color from "picocolors";
import { sandboxOptions } from "../stack/names";
import { table } from "../terminal/terminal";

/** What is in the sandbox of a stack and how it is, for people. */
export function describeSandbox(running: SandboxStatus, stack: string): string {
  const { pid, profile, region, dir, memoryMiB, zonesDown, workgroups, loadBalancers } = running;
  const killed = workgroups.filter((workgroup) => workgroup.killed).map(({ name }) => name);
  const ports = Object.entries(running.ports).map(([name, port]) => [name, `127.0.0.1:${port}`]);
  const parts = [
    `The sandbox runs as process ${pid} (${memoryMiB} MiB), ${region}, profile ${profile}.\nData in ${dir}`,
    ...warnings(killed, zonesDown, sandboxOptions(stack)),
    table(["endpoint", "address"], ports),
  ];
  if (workgroups.length > 0) parts.push(workgroupsOf(running));
  for (const balancer of loadBalancers) parts.push(balancerOf(balancer, running));
  if (loadBalancers.length === 0) parts.push("There is no load balancer.");
  return parts.join("\n\n");
}

function warnings(killed: string[], zonesDown: string[], options: string): string[] {
  const down = [...killed, ...zonesDown.map((zone) => `zone:${zone}`)];
  if (down.length === 0) return [];
  const lines = down.map(
    (target) => `  ${color.red("down")} ${target}; back with\n  npx fleet sandbox revive ${target}${options}`,
  );
  return [["Taken down by hand:", ...lines].join("\n")];
}

function workgroupsOf({ workgroups }: SandboxStatus): string {
  return table(
    ["workgroup", "state", "address", "conns"],
    workgroups.map(({ name, killed, status, host, port, connections }) => [
      name,
      killed ? color.red("killed") : status,
      `${host}:${port}`,
      String(connections),
    ]),
  );
}

function balancerOf({ name, listeners, targets }: SandboxStatus["loadBalancers"][number], running: SandboxStatus) {
  const healthy = targets.filter(({ state }) => state === "healthy").length;
  const listening = listeners.map(
    ({ host, hostPort, connections }) => `${host}:${hostPort}, ${counted(connections, "connection")}`,
  );
  const heading = [
    `Load balancer ${color.bold(name)}: ${healthy} of ${counted(targets.length, "target")} healthy`,
    ...(listening.length > 0 ? listening : ["no listener"]).map((listener) => `  ${listener}`),
  ].join("\n");
  if (targets.length === 0) return heading;
  const rows = targets.map(({ address, zone = "", state }) => [
    address,
    ownerOf(address, running),
    running.zonesDown.includes(zone) ? `${zone} ${color.red("down")}` : zone,
    state === "healthy" ? color.green(state) : color.red(state),
  ]);
  return `${heading}\n${table(["target", "workgroup", "zone", "health"], rows)}`;
}

/** The workgroup behind a target's address. */
function ownerOf(target: string, { workgroups }: SandboxStatus): string {
  const host = target.slice(0, target.lastIndexOf(":"));
  return workgroups.find(({ addresses }) => addresses.includes(host))?.name ?? "";
}
