import { groupMarker, roleMarker } from "../grants";
import { activitySql } from "./activity";
import { aggregatesSql } from "./aggregates";
import { catalogSql } from "./catalog";
import { functionsSql } from "./functions";
import { identitiesSql } from "./identities";
import { jsonSql } from "./json";
import { keysSql } from "./keys";
import { relationsSql } from "./relations";
import { sharingSql, sharingStandInSql } from "./sharing";
import { showSql } from "./show";
import { tableAttributesSql } from "./table-attributes";

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
    aggregatesSql,
    sharingStandInSql,
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
