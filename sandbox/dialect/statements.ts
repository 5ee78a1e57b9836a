/** Something a datashare holds, as named in `ALTER DATASHARE … ADD | REMOVE`. */
export type ShareObject =
  | { readonly kind: "schema"; readonly schema: string }
  | { readonly kind: "table"; readonly schema: string; readonly name: string }
  | { readonly kind: "function"; readonly schema: string; readonly name: string; readonly arguments: readonly string[] }
  | { readonly kind: "all-tables"; readonly schema: string }
  | { readonly kind: "all-functions"; readonly schema: string };

export type ShareChange =
  | { readonly type: "add" | "remove"; readonly objects: readonly ShareObject[] }
  | { readonly type: "set-public"; readonly publicAccessible: boolean }
  | { readonly type: "set-include-new"; readonly schema: string; readonly includeNew: boolean };

/** A user, role or group that receives or loses a permission; `public` has no name of its own. */
export interface Grantee {
  readonly kind: "user" | "role" | "group" | "public";
  readonly name: string;
}

export type ShareGrantee =
  | { readonly kind: "namespace"; readonly namespace: string }
  | { readonly kind: "account"; readonly account: string; readonly viaDataCatalog: boolean }
  | Grantee;

export type Password =
  | { readonly kind: "clear" | "clear-sha256"; readonly password: string }
  /** 32 hexadecimal digits. */
  | { readonly kind: "md5"; readonly digest: string }
  /** 64 hexadecimal digits each. */
  | { readonly kind: "sha256"; readonly digest: string; readonly salt: string }
  | { readonly kind: "disabled" };

/** What a user statement says besides the password; what it does not say is absent. */
export interface UserOptions {
  createDatabase?: boolean;
  superuser?: boolean;
  validUntil?: string;
  connectionLimit?: number | "unlimited";
  /** Seconds; 0 resets it. */
  sessionTimeout?: number;
  syslogAccess?: "restricted" | "unrestricted";
  groups?: readonly string[];
  externalId?: string;
}

export interface ShareGrant {
  readonly share: string;
  readonly privilege: "usage" | "alter" | "share";
  readonly to: ShareGrantee;
}

export interface DatabaseGrant {
  readonly database: string;
  readonly grantees: readonly Grantee[];
}

/** A permission for whatever schemas or tables there are and will be in a shared database, or in one schema of it. */
export interface ScopedGrant {
  readonly privilege: "usage" | "select";
  readonly scope: "schemas" | "tables";
  readonly database: string;
  readonly schema?: string;
  readonly grantees: readonly Grantee[];
}

/** Arguments of the statements that the warehouse itself carries out. */
export interface StatementArguments {
  "create-datashare": { readonly share: string; readonly publicAccessible: boolean };
  "alter-datashare": { readonly share: string; readonly change: ShareChange };
  "drop-datashare": { readonly share: string };
  "grant-datashare": ShareGrant;
  "revoke-datashare": ShareGrant;
  "create-database": {
    readonly database: string;
    readonly from?: {
      readonly share: string;
      readonly account?: string;
      readonly namespace: string;
      readonly withPermissions: boolean;
    };
    readonly owner?: string;
    readonly connectionLimit?: number | "unlimited";
  };
  "drop-database": { readonly database: string; readonly ifExists: boolean; readonly force: boolean };
  "grant-database-usage": DatabaseGrant;
  "revoke-database-usage": DatabaseGrant;
  "grant-scoped": ScopedGrant;
  "revoke-scoped": ScopedGrant;
  "create-user": { readonly user: string; readonly password: Password; readonly options: UserOptions };
  "alter-user": {
    readonly user: string;
    readonly password?: Password;
    readonly rename?: string;
    readonly options: UserOptions;
  };
  "drop-user": { readonly users: readonly string[]; readonly ifExists: boolean };
  /** An error to raise; it carries its own SQLSTATE. */
  unsupported: { readonly message: string; readonly hint?: string; readonly sqlstate: string };
}

export type StatementName = keyof StatementArguments;

/** A statement that PostgreSQL cannot run: the warehouse does, and answers with `tag`. */
export type Statement = {
  [Name in StatementName]: {
    readonly kind: "statement";
    readonly name: Name;
    readonly args: StatementArguments[Name];
    /** Command tag for the client. */
    readonly tag: string;
    /** The statement as it was written. */
    readonly source: string;
  };
}[StatementName];

/** A statement for PostgreSQL. */
export interface SqlText {
  readonly kind: "sql";
  readonly text: string;
  /** Command tag the client must see instead of PostgreSQL's. */
  readonly tag?: string;
  readonly source: string;
}

export type Rewritten = SqlText | Statement;

/** What the rewriting must know of the connection. */
export interface RewriteContext {
  /** Database the client is connected to. */
  readonly database: string;
  /** Databases made from datashares: their objects live in schemas named `<database>$<schema>`. */
  readonly sharedDatabases: ReadonlySet<string>;
}

/** Redshift has it, this sandbox does not: raised as an error so that nothing runs as something else. */
export class DialectError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    readonly sqlstate = "0A000",
    /** Characters from the start of the statement to what is wrong, where that is known. */
    readonly place?: number,
  ) {
    super(message);
  }
}

/** The text does not follow the grammar of the statement. */
export class SyntaxFault extends DialectError {
  constructor(found: string, place?: number) {
    super(found ? `syntax error at or near "${found}"` : "syntax error at end of input", undefined, "42601", place);
  }
}
