import { isEmpty, maps, texts, type Value, type ValueMap } from "../../provider/values";

// Rules of a security group as blocks within it: a block holds peers of every kind, which share protocol, ports and
// description.

/** Members of a block, with the list of a permission that holds such peers and their name there. */
const peers = [
  ["cidrBlocks", "IpRanges", "CidrIp"],
  ["ipv6CidrBlocks", "Ipv6Ranges", "CidrIpv6"],
  ["prefixListIds", "PrefixListIds", "PrefixListId"],
  ["securityGroups", "UserIdGroupPairs", "GroupId"],
] as const;

/** Permissions as EC2 takes them. */
export function permissionsOf(groupId: string, blocks: ValueMap[]): ValueMap[] {
  return blocks.map((block) => {
    const all = block.protocol === "-1" || block.protocol === "all";
    const described: ValueMap = isEmpty(block.description) ? {} : { Description: block.description! };
    const lists = peers.map(([member, list, name]) => {
      const own = member === "securityGroups" && block.self === true ? [groupId] : [];
      return [list, [...texts(block, member), ...own].map((peer) => ({ [name]: peer, ...described }))] as const;
    });
    const ports: ValueMap = all ? {} : { FromPort: block.fromPort ?? 0, ToPort: block.toPort ?? 0 };
    return { IpProtocol: all ? "-1" : (block.protocol ?? ""), ...ports, ...Object.fromEntries(lists) };
  });
}

/** Blocks of what EC2 tells. */
export function blocksOf(groupId: string, permissions: ValueMap[]): Value[] {
  const blocks = new Map<string, ValueMap>();
  for (const permission of permissions) {
    const { IpProtocol = "-1", FromPort = 0, ToPort = 0 } = permission;
    for (const [member, list, name] of peers) {
      for (const { [name]: peer = "", Description = "" } of maps(permission, list)) {
        const key = JSON.stringify([IpProtocol, FromPort, ToPort, Description]);
        const shared: ValueMap = { protocol: IpProtocol, fromPort: FromPort, toPort: ToPort, self: false };
        const block = blocks.get(key) ?? (Description === "" ? shared : { ...shared, description: Description });
        blocks.set(key, block);
        if (member === "securityGroups" && peer === groupId) block.self = true;
        else block[member] = [...texts(block, member), peer];
      }
    }
  }
  return [...blocks.values()];
}
