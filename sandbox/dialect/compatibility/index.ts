import { groupMarker, roleMarker } from "../grants";
import activitySql from "./activity.sql";
import aggregatesSql from "./aggregates.sql";
import catalogSql from "./catalog.sql";
import functionsSql from "./functions.sql";
import identitiesSql from "./identities.sql";
import jsonSql from "./json.sql";
import keysSql from "./keys.sql";
import relationsSql from "./relations.sql";
import sharingSql from "./sharing.sql";
import absentSharingSql from "./sharing-absent.sql";
import showSql from "./show.sql";
import superSql from "./super.sql";
import tableAttributesSql from "./table-attributes.sql";
import valuesSql from "./values.sql";

/** Readers of the catalog may not become readers of its secrets. */
const permissionsSql = `
grant select on all tables in schema pg_catalog to public;
revoke all on pg_catalog.pg_authid, pg_catalog.pg_user_mapping, pg_catalog.pg_statistic, pg_catalog.pg_subscription, pg_catalog.pg_largeobject, pg_catalog.pg_statistic_ext_data, pg_catalog.pg_shadow, pg_catalog.pg_file_settings, pg_catalog.pg_hba_file_rules, pg_catalog.pg_ident_file_mappings from public;
`;

/** Runs once in a cluster, as superuser: the roles that mark Redshift's roles and groups. */
export function clusterCompatibilitySql(): string[] {
  return [roleMarker, groupMarker].map(
    (role) =>
      `do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = '${role}') then create role ${role} nologin; end if; end $$`,
  );
}

/**
 * Runs once in a database (a template, as a rule) in this order, as superuser and with `allow_system_table_mods`:
 * functions and views of Redshift's in pg_catalog, where no search path can hide them. Schema rs_share is made before
 * by whoever keeps the datashares; without it there are none.
 */
export function compatibilitySql(): string[] {
  return [
    "set allow_system_table_mods = on",
    functionsSql,
    jsonSql,
    superSql,
    aggregatesSql,
    valuesSql,
    absentSharingSql,
    tableAttributesSql,
    keysSql,
    relationsSql,
    catalogSql,
    identitiesSql,
    showSql,
    sharingSql,
    activitySql,
    permissionsSql,
  ];
}
