export { Schema, type SchemaArgs } from "./schema";
export { SchemaMigrations } from "./schema-migrations";
