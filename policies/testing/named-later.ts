import { absent, ref, resource } from "./fixture";
import { type Case, passes, undecided, violates } from "./table";

/**
 * Cases of a rule by which one resource must have another that names it: here the name comes from something else, so that
 * neither is an output of the other.
 * @param name where the resource gets its name, e.g. `bucket.bucket`
 * @param reference where the other, of which there is one, names it, e.g. `policy.bucket`
 */
export function namedLater(name: string, reference: string): Case[] {
  const [target, other] = [name, reference].map((place) => place.split(".", 1)[0]!);
  const suffix = resource("random:index/randomPet:RandomPet", {});
  const says = new RegExp(`^${target}: undecided, since ${reference.replace(".", "\\.")} is not known`);
  const violation = new RegExp(`^${target}: (?!undecided)`);
  return [
    undecided("both named later", { suffix, [name]: ref("suffix"), [reference]: ref("suffix") }, says),
    passes("both named in full", { [name]: "lake-apt-owl", [reference]: "lake-apt-owl" }),
    violates("named later, and nothing names it", { suffix, [name]: ref("suffix"), [other!]: absent }, violation),
    violates(
      "named later, and the other names something else",
      { suffix, another: suffix, [name]: ref("suffix"), [reference]: ref("another") },
      violation,
    ),
  ];
}
