/** Groups of numbers: names, values lined up by their points, units in a column of their own. */
import { element } from "../element";
import { icon } from "../icon";
import type { Beside } from "../text/beside";
import type { Group, Row } from "../text/groups";

export function groupsSection(
  name: string,
  groups: readonly Group[],
  kind: "measured" | "facts",
): HTMLElement {
  return element(
    "section",
    { class: `groups groups-${kind}`, attributes: { "aria-label": name } },
    groups.map(groupOf),
  );
}

function groupOf(group: Group): HTMLElement {
  const decimals = Math.max(0, ...group.rows.map((row) => row.decimals ?? 0));
  const itemWidth = widestNumber(group.rows);
  const heading = element("div", { class: "group-head" }, [element("h2", { text: group.label })]);
  if (group.how !== null) heading.append(howButton(group.label, group.how));
  const rows =
    group.rows.length > 0
      ? element(
          "dl",
          {},
          group.rows.map((row) => rowOf(row, { decimals, itemWidth }, group.how)),
        )
      : element("p", { class: "dim", text: "None in this file." });
  return element("div", { class: `group ${kindOf(group)}`.trimEnd() }, [heading, rows]);
}

function kindOf(group: Group): string {
  if (group.rows.some((row) => row.beside)) return "group-beside";
  return group.how === null && group.rows.every((row) => row.unit === "") ? "group-words" : "";
}

/** What a group's rows have in common, so that they line up. */
interface Alignment {
  decimals: number;
  /** Of a long list's plain numbers, in digits. */
  itemWidth: number;
}

function rowOf(row: Row, alignment: Alignment, how: string | null): HTMLElement {
  const line = element("div", { class: row.isLong === true ? "row is-long" : "row" }, [
    element("dt", { text: row.label }),
    valueOf(row, alignment),
    element("dd", { class: "unit", text: row.value === null ? "" : row.unit }),
  ]);
  if (row.beside) line.append(besideOf(row.beside));
  if (how !== null) line.title = how;
  return line;
}

function valueOf(row: Row, { decimals, itemWidth }: Alignment): HTMLElement {
  if (row.value === null) return element("dd", { class: "value dim", text: `– ${row.reason ?? ""}` });
  if (row.isLong !== true) return element("dd", { class: "value", text: row.value }, padding(row, decimals));
  const list = element("dd", { class: "value" }, itemsOf(row.value));
  list.style.setProperty("--item-width", `${isOfNumbers(row.value) ? itemWidth : widest(row.value)}ch`);
  return list;
}

/** The items of a list in columns; what stands between them is only heard and copied. */
function itemsOf(list: string): Node[] {
  return list.split(/( · | {2})/).map((text, index) => {
    const isBetween = index % 2 === 1;
    return element("span", { class: isBetween ? "visually-hidden" : "item", text });
  });
}

/** Means stand over their deviations: a group's lists of plain numbers have columns of one width. */
function widestNumber(rows: readonly Row[]): number {
  const lists = rows.flatMap(({ isLong, value }) => (isLong === true && value !== null ? value : []));
  return Math.max(0, ...lists.filter(isOfNumbers).map(widest));
}

function isOfNumbers(list: string): boolean {
  return /^[−\d. ]+$/.test(list);
}

/** The width of the widest item in digits; points and spaces are about half as wide. */
function widest(list: string): number {
  const widths = list.split(/ · | {2}/).map((item) => item.length - item.replace(/[^. ]/g, "").length / 2);
  return Math.ceil(Math.max(...widths));
}

/** Ours in a column of its own; that the two disagree is said by a word and a sign. */
function besideOf({ text, differs }: Beside): HTMLElement {
  if (!differs) return element("dd", { class: "beside dim", text });
  const line = element("dd", { class: "beside is-different" }, [icon("warning")]);
  line.append(element("span", { text }));
  return line;
}

/** The digits that a number has less than its neighbours, there but not seen. */
function padding(row: Row, decimals: number): Node[] {
  if (row.decimals === null || row.decimals === decimals) return [];
  const missing = "0".repeat(decimals - row.decimals);
  const text = row.decimals === 0 ? `.${missing}` : missing;
  return [element("span", { class: "padding", text, attributes: { "aria-hidden": "true" } })];
}

/** "How measured": shown on hover and focus, put away by Escape, read out as the button's description. */
function howButton(label: string, how: string): HTMLElement {
  const id = `how-${label.toLowerCase()}`;
  const open = element("button", {
    class: "icon-button how-button",
    attributes: { type: "button", "aria-label": `How ${label} is measured`, "aria-describedby": id },
  });
  open.append(icon("info"));
  const tip = element("div", { class: "how-tip", text: how, attributes: { id, role: "tooltip" } });
  const holder = element("div", { class: "how" }, [open, tip]);
  const dismiss = (isDismissed: boolean): void => {
    holder.classList.toggle("is-dismissed", isDismissed);
  };
  open.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dismiss(true);
  });
  open.addEventListener("blur", () => {
    dismiss(false);
  });
  return holder;
}
