const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/**
 * Words that are no names unless quoted or behind AS. Those of Redshift's list that begin or end something in this grammar;
 * the others of the list clash with nothing here.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html
 */
export const reserved = words(
  "all analyse analyze and any array as asc between both case cast check collate column constraint create cross " +
    "current_date current_time current_timestamp current_user current_user_id default deferrable desc distinct do else " +
    "end except false for foreign from full grant group having ilike in initially inner intersect into is isnull join " +
    "leading left like limit localtime localtimestamp minus natural not notnull null offset on only or order outer " +
    "overlaps pivot placing primary qualify references right select session_user similar some sysdate table then to " +
    "trailing true union unique unpivot user using verbose when where with",
);

/** Reserved words that are functions too, where a parenthesis follows. */
export const reservedFunctions = words("left right isnull collate array");

/** Words that no alias without AS may be, since they go on with the clause or begin the next one. */
export const notAlias = new Set([
  ...reserved,
  ...words("fetch over within filter ignore respect at returning set matched tablesample window connect start lateral"),
]);

/** Functions that are written without parentheses. */
export const bareFunctions = words(
  "current_date current_time current_timestamp current_user current_user_id current_namespace current_aws_account " +
    "localtime localtimestamp session_user sysdate user",
);

/** Parts of an interval that may stand behind its literal. */
export const intervalUnits = words("year years month months day days hour hours minute minutes second seconds");
