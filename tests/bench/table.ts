import Table from "cli-table3";
import { type Figure, holds } from "./figures";

/** The figures as a table for people. */
export function table(figures: Figure[]): string {
  const rows = new Table({ head: ["item", "figure", "measured", "wanted", ""], style: { head: [], border: [] } });
  for (const figure of figures) {
    const verdict = holds(figure);
    rows.push([
      figure.item,
      figure.what,
      { content: shown(figure.value, figure.unit), hAlign: "right" },
      { content: wanted(figure), hAlign: "right" },
      verdict === undefined ? "" : verdict ? "✓" : "✗",
    ]);
  }
  return rows.toString();
}

function wanted({ limit, unit }: Figure): string {
  if (!limit) return "";
  return "atMost" in limit ? `≤ ${limit.atMost} ${unit}` : `≥ ${limit.atLeast} ${unit}`;
}

function shown(value: number, unit: Figure["unit"]): string {
  const digits = unit === "×" ? 2 : unit === "s" ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}
