import { isMap, type Value, type ValueMap } from "../values";

/** What a configured `aws` provider is told, as far as it matters to a sandbox. Credentials are never looked at. */
export interface Configuration {
  region: string;
  defaultTags: Record<string, string>;
  /** Shown by getCallerIdentity when a role is assumed. */
  assumedRoleArn?: string;
}

/** Nested settings arrive as JSON text or as objects, depending on who passes them on. */
function nested(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

/** Reads the provider's arguments; the Region falls back to the sandbox's own. */
export function readConfiguration(args: ValueMap, ownRegion: string): Configuration {
  const defaults = nested(args.defaultTags);
  const tags = isMap(defaults) ? nested(defaults.tags) : undefined;
  const roles = nested(args.assumeRoles ?? args.assumeRole);
  const role = Array.isArray(roles) ? roles[roles.length - 1] : roles;
  return {
    region: typeof args.region === "string" && args.region !== "" ? args.region : ownRegion,
    defaultTags: isMap(tags)
      ? Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]))
      : {},
    assumedRoleArn: isMap(role) && typeof role.roleArn === "string" ? role.roleArn : undefined,
  };
}

/** Configurations by connection: the engine opens one for every provider that a program configures. */
export class Sessions {
  private readonly configurations = new Map<string, Configuration>();
  private latest: Configuration | undefined;

  /** Enough for every provider of every engine that may run at once; older ones are long gone. */
  private static readonly KEPT = 500;

  set(session: string, configuration: Configuration): void {
    this.configurations.delete(session);
    this.configurations.set(session, configuration);
    this.latest = configuration;
    const [oldest] = this.configurations.keys();
    if (this.configurations.size > Sessions.KEPT && oldest !== undefined) this.configurations.delete(oldest);
  }

  get(session: string): Configuration | undefined {
    return this.configurations.get(session) ?? this.latest;
  }
}
