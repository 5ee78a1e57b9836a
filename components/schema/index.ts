export { Schema, type SchemaArgs, SchemaMigrations } from "./schema";
