import type { Random } from "../testing/random";

/** A map in YAML, in forms that people write: comments, empty lines, quotes, braces, folded texts, other indentations and ends of lines. */
export function randomYaml(random: Random): string {
  const newline = random.pick(["\n", "\n", "\r\n"]);
  const indent = random.pick([1, 2, 2, 4]);
  const indentsLists = random.chance(0.5);
  const comment = () => (random.chance(0.2) ? random.pick(["  # why", " #", "   # a: b"]) : "");
  const between = (column: number) => (random.chance(0.2) ? random.pick([[""], ["", ""], [`${" ".repeat(column)}# of it`]]) : []);
  const scalar = () =>
    random.pick(["1", "0777", "0x1F", "1.10", "true", "~", "plain", "two words", "'it''s'", '"a\\tb"', "a:b", "''", '"#"', "2026-06-01"]);
  const inFlow = (depth: number): string => {
    if (depth > 2 || random.chance(0.6)) return scalar();
    const [open, apart] = [random.pick(["", " "]), random.pick([",", ", ", " , "])];
    const items = Array.from({ length: random.integer(4) }, (_, index) => ({ key: `k${index}`, value: inFlow(depth + 1) }));
    if (random.chance(0.5)) return `[${open}${items.map(({ value }) => value).join(apart)}${open}]`;
    return `{${open}${items.map(({ key, value }) => `${key}: ${value}`).join(apart)}${open}}`;
  };
  const mapLines = (column: number, depth: number): string[] =>
    Array.from({ length: 1 + random.integer(4) }, (_, index) => {
      const key = random.pick([`key${index}`, `"key ${index}"`, `a:${index}`]);
      return [...between(column), ...valueLines(`${" ".repeat(column)}${key}:`, column, depth)];
    }).flat();
  const listLines = (column: number, depth: number): string[] =>
    Array.from({ length: 1 + random.integer(3) }, () => {
      const dash = `${" ".repeat(column)}-`;
      if (depth > 3 || random.chance(0.6)) return [`${dash} ${inFlow(1)}${comment()}`];
      const [first, ...others] = mapLines(column + 2, depth + 1).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
      return [`${dash} ${first!.slice(column + 2)}`, ...others];
    }).flat();
  const valueLines = (before: string, column: number, depth: number): string[] => {
    const form = depth > 3 ? 0 : random.integer(7);
    const inner = " ".repeat(column + indent);
    if (form === 1) return [`${before}${comment()}`, ...mapLines(column + indent, depth + 1)];
    if (form === 2) return [`${before}${comment()}`, ...listLines(column + (indentsLists ? indent : 0), depth + 1)];
    if (form === 3) return [`${before} ${random.pick(["|", ">-", "|-", ">"])}`, `${inner}one`, `${inner}two`];
    if (form === 4) return [`${before} ${inFlow(0)}${comment()}`];
    if (form === 5) return [`${before}${comment()}`];
    return [`${before}${random.pick([" ", "   "])}${scalar()}${comment()}`];
  };
  return `${random.pick(["", "", "\uFEFF"])}${mapLines(0, 0).join(newline)}${random.pick([newline, newline, ""])}`;
}
