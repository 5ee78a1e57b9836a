import type { PolicyResource } from "@pulumi/policy";
import { type Peek, peek, Undecided } from "./peek";
import { Subject } from "./subject";
import type { KeyOf, Token } from "./types";

/** A resource of the stack, as a stack policy sees it: its outputs, and which resources each property comes from. */
export class Member<T extends Token = Token> extends Subject<T> {
  constructor(readonly resource: PolicyResource) {
    super(resource);
  }

  override as<S extends Token>(...types: readonly S[]): Member<S> | undefined {
    return super.as(...types) as Member<S> | undefined;
  }

  /**
   * At a first preview a property that depends on resources not made yet may be missing altogether instead of
   * unknown; its dependencies still tell that the program sets it.
   */
  override peek(key: KeyOf<T>): Peek<unknown> {
    const seen = super.peek(key);
    return seen.state === "absent" && this.dependsOnSomething(key) ? { state: "unknown" } : seen;
  }

  /**
   * Whether the *program* sets the property. Outputs also hold what the provider will fill in, which shows as unknown
   * and comes from no resource.
   */
  set(key: KeyOf<T>): boolean {
    const seen = super.peek(key);
    return seen.state === "known" || this.dependsOnSomething(key);
  }

  /** The resources that its name is made from. */
  namedBy(): PolicyResource[] {
    return nameProperties.flatMap((key) => this.resource.propertyDependencies[key] ?? []);
  }

  private dependsOnSomething(key: string): boolean {
    return (this.resource.propertyDependencies[key]?.length ?? 0) > 0;
  }
}

/** What a property refers to. */
export interface Reference<T extends Token> {
  /** The resources of this stack that it names, or may name. */
  members: Member<T>[];
  /** How many values name things outside the stack, of which nothing is known. */
  outside: number;
  /** How many values there are; undefined when that is not known yet. */
  count: number | undefined;
}

/** Whether nothing can be said yet of what a property refers to: its value is to come from other things altogether. */
export function isOpen({ members, count }: Pick<Reference<Token>, "members" | "count">): boolean {
  return count === undefined && members.length === 0;
}

/** Names that a program may choose, as against what only AWS gives. */
const nameProperties = ["name", "bucket", "clusterIdentifier", "namespaceName", "workgroupName"];
const identities = ["id", "arn", "defaultSecurityGroupId", ...nameProperties];

/** Resources by what one of their properties names. */
interface Referrers {
  /** By the URN of the resource named. */
  to: Map<string, Member[]>;
  /** Those of which it is not known yet. */
  open: Member[];
}

/** All resources of a stack, with look-up by type and by reference. */
export class Graph {
  private readonly byType = new Map<string, Member[]>();
  private readonly byUrn = new Map<string, Member>();
  private byIdentity: Map<string, Member[]> | undefined;
  private readonly reverse = new Map<string, Referrers>();

  constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      const member = new Member(resource);
      this.byUrn.set(member.urn, member);
      const peers = this.byType.get(member.type);
      if (peers) peers.push(member);
      else this.byType.set(member.type, [member]);
    }
  }

  all(): Member[] {
    return [...this.byUrn.values()];
  }

  of<T extends Token>(...types: readonly T[]): Member<T>[] {
    return types.flatMap((type) => (this.byType.get(type) ?? []) as Member<T>[]);
  }

  /**
   * What `member.key` (one reference or a list of them) names among the resources of `types`. Known values are matched
   * with the resources' own ids; unknown ones by the resources that the property depends on.
   */
  reference<F extends Token, T extends Token>(member: Member<F>, key: KeyOf<F>, types: readonly T[]): Reference<T> {
    const candidates = this.dependencies(member, key, types);
    const seen = member.peek(key);
    if (seen.state === "absent") return { members: [], outside: 0, count: 0 };
    if (seen.state === "unknown") return { members: candidates, outside: 0, count: undefined };
    const values = Array.isArray(seen.value)
      ? Array.from({ length: seen.value.length }, (_, index) => peek(seen.value, index))
      : [seen];
    const named = new Set<Member<T>>();
    let outside = 0;
    let unknown = 0;
    for (const value of values) {
      const match = value.state === "known" ? this.identified(String(value.value), types) : undefined;
      if (match) named.add(match);
      else if (value.state === "known") outside++;
      else unknown++;
    }
    const open = candidates.filter((candidate) => !named.has(candidate));
    if (unknown > 0) for (const candidate of open) named.add(candidate);
    // What is not known comes from something; when only these resources can be it, one of them is named twice.
    const elsewhere = candidates.length === 0 || this.hasOtherSources(member, key, types);
    return {
      members: [...named],
      outside: outside + (elsewhere ? Math.max(0, unknown - open.length) : 0),
      count: values.length,
    };
  }

  /** The resources of `types` that a property mentions at any depth; it may be more than it truly uses. */
  mentioned<F extends Token, T extends Token>(member: Member<F>, key: KeyOf<F>, types: readonly T[]): Member<T>[] {
    const found = new Set(this.dependencies(member, key, types));
    const seen = member.peek(key);
    if (seen.state === "known") {
      for (const text of textsWithin(seen.value)) {
        const match = this.identified(text, types);
        if (match) found.add(match);
      }
    }
    return [...found];
  }

  private dependencies<F extends Token, T extends Token>(
    member: Member<F>,
    key: KeyOf<F>,
    types: readonly T[],
  ): Member<T>[] {
    return (member.resource.propertyDependencies[key] ?? [])
      .map(({ urn }) => this.byUrn.get(urn))
      .filter((one): one is Member<T> => one !== undefined && (types as readonly string[]).includes(one.type));
  }

  private hasOtherSources<F extends Token>(member: Member<F>, key: KeyOf<F>, types: readonly Token[]): boolean {
    const sources = member.resource.propertyDependencies[key] ?? [];
    return sources.some(({ type }) => !(types as readonly string[]).includes(type));
  }

  /**
   * The resources of `types` whose `key` names `target`.
   * @throws Undecided when none is known to, and one may: what it names is not known yet and comes from the same
   * resources as the target's name.
   */
  referrers<F extends Token, T extends Token>(target: Member<T>, types: readonly F[], key: KeyOf<F>): Member<F>[] {
    const question = [key, target.type, ...types].join(" ");
    let answers = this.reverse.get(question);
    if (!answers) {
      answers = { to: new Map(), open: [] };
      for (const one of this.of(...types)) {
        const reference = this.reference(one, key, [target.type as T]);
        if (isOpen(reference)) answers.open.push(one);
        for (const { urn } of reference.members) answers.to.set(urn, [...(answers.to.get(urn) ?? []), one]);
      }
      this.reverse.set(question, answers);
    }
    const own = answers.to.get(target.urn) as Member<F>[] | undefined;
    if (own) return own;
    const sources = answers.open.length > 0 ? target.namedBy() : [];
    const akin = answers.open.filter(({ resource }) =>
      resource.propertyDependencies[key]?.some((one) => sources.includes(one)),
    );
    if (akin.length > 0) throw new Undecided(akin.map(({ name }) => `${name}.${key}`));
    return [];
  }

  /**
   * The resources of `types` whose ARN is not known yet and may be this one, written out: it ends in their name. Only AWS
   * tells whether the account and Region are theirs.
   */
  maybe<T extends Token>(arn: string, types: readonly T[]): Member<T>[] {
    if (!arn.startsWith("arn:")) return [];
    return this.of(...types).filter(({ resource: { props } }) => {
      const name = peek(props, "name");
      if (peek(props, "arn").state === "known" || name.state === "absent") return false;
      return name.state === "unknown" || arn.endsWith(`:${name.value}`) || arn.endsWith(`/${name.value}`);
    });
  }

  /** The resource of `types` that a known id, ARN or name belongs to, if it is one of this stack. */
  identified<T extends Token>(value: string, types: readonly T[]): Member<T> | undefined {
    if (!this.byIdentity) {
      this.byIdentity = new Map();
      for (const member of this.byUrn.values()) {
        for (const key of identities) {
          const own = peek(member.resource.props, key);
          if (own.state !== "known" || typeof own.value !== "string") continue;
          this.byIdentity.set(own.value, [...(this.byIdentity.get(own.value) ?? []), member]);
        }
      }
    }
    const named = this.byIdentity.get(value) ?? [];
    return named.find(({ type }) => (types as readonly string[]).includes(type)) as Member<T> | undefined;
  }
}

/** Every text within a value that is known. */
function textsWithin(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const inner = peek(value, key);
    return inner.state === "known" ? textsWithin(inner.value) : [];
  });
}
