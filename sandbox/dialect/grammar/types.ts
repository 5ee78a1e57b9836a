import type { Cursor } from "./cursor";
import { intervalUnits } from "./keywords";
import type { TypeName } from "./nodes";

const varying = new Set(["character", "char", "nchar", "binary"]);

/** A type with its length or precision. https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html */
export function typeName(cursor: Cursor): TypeName {
  const at = cursor.place;
  const name = [cursor.label()];
  while (cursor.take(".")) name.push(cursor.label());
  if (name.length === 1) {
    if (name[0] === "double" && cursor.take("precision")) name[0] = "double precision";
    else if (varying.has(name[0]!) && cursor.take("varying")) name[0] += " varying";
    else if (name[0] === "national" && cursor.is("character", "char")) {
      name[0] = cursor.label();
      if (cursor.take("varying")) name[0] += " varying";
    }
  }
  const qualifier = name[0] === "interval" ? intervalQualifier(cursor) : undefined;
  const modifiers = cursor.value() === "(" ? cursor.inParentheses(() => cursor.list(() => modifier(cursor))) : [];
  const zone = name[0] === "time" || name[0] === "timestamp" ? timeZone(cursor) : undefined;
  if (cursor.is("[")) cursor.refuse("an array type", "Keep lists in SUPER.");
  return { kind: "type", at, name, modifiers, zone, qualifier };
}

function modifier(cursor: Cursor): number | "max" {
  if (cursor.take("max")) return "max";
  const { kind, text } = cursor.token();
  if (kind !== "number" || !/^\d+$/.test(text)) cursor.fail();
  cursor.advance();
  return Number(text);
}

function timeZone(cursor: Cursor): "with" | "without" | undefined {
  if (cursor.take("with", "time", "zone")) return "with";
  return cursor.take("without", "time", "zone") ? "without" : undefined;
}

/**
 * `year to month`, `day to second(3)`, behind INTERVAL or its literal.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_interval_data_types.html
 */
export function intervalQualifier(cursor: Cursor): string | undefined {
  if (!intervalUnits.has(cursor.value())) return undefined;
  let qualifier = intervalUnit(cursor);
  if (cursor.value() === "to" && intervalUnits.has(cursor.value(1))) {
    cursor.advance();
    qualifier += ` to ${intervalUnit(cursor)}`;
  }
  return qualifier;
}

function intervalUnit(cursor: Cursor): string {
  const unit = cursor.label().replace(/s$/, "");
  if (cursor.value() !== "(" || unit !== "second") return unit;
  return `${unit}(${cursor.inParentheses(() => modifier(cursor))})`;
}
