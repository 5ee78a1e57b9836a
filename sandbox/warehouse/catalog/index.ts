import { clusterCompatibilitySql, compatibilitySql } from "../../dialect";
import type { TemplateContents } from "../postgres/template";
import consumerDatabaseFunctions from "./consumer-databases.sql";
import serverRoleMemberships from "./server-role-memberships.sql";
import serverRoles from "./server-roles.sql";
import shareObjectFunctions from "./share-objects.sql";
import shareTables from "./share-tables.sql";
import shareViews from "./share-views.sql";
import shareFunctions from "./shares.sql";
import userFunctions from "./user-functions.sql";

/** A namespace's first database is ready in the template and only renamed: making one takes a hundred times longer. */
export const firstDatabase = "rs_first";

/** Everything a new server is loaded with: roles, the share catalog, then the dialect's own views and functions. */
export function templateContents(): TemplateContents {
  return {
    cluster: [serverRoles, ...clusterCompatibilitySql(), serverRoleMemberships],
    database: [
      "grant all on schema public to public",
      "create extension postgres_fdw schema pg_catalog",
      shareTables,
      shareViews,
      shareFunctions,
      shareObjectFunctions,
      consumerDatabaseFunctions,
      userFunctions,
      ...compatibilitySql(),
    ],
    finish: [
      `create database ${firstDatabase} owner rs_superuser`,
      // Every database is hundreds of files to copy for each namespace; these two serve nobody.
      "update pg_database set datistemplate = false where datname = 'template0'",
      "drop database template0",
      "drop database postgres",
    ],
  };
}
