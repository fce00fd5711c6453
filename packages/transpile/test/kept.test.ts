import { kept } from "../src/kept";

test("what has been made is made again where anything differs that it is made of, and only there", () => {
  const unique = `${process.pid} ${performance.now()}`;
  const made: string[] = [];
  const keep = (...madeOf: string[]) =>
    kept([unique, ...madeOf], () => {
      made.push(madeOf.join(" | "));
      return `// ${madeOf.join(" | ")}`;
    });
  for (const madeOf of [["ab", "c"], ["ab", "c"], ["a", "bc"], ["ab"], ["ab", "c"], ["ab", "c", ""], ["ab", "c "]]) {
    expect(keep(...madeOf)).toBe(`// ${madeOf.join(" | ")}`);
  }
  expect(made).toEqual(["ab | c", "a | bc", "ab", "ab | c | ", "ab | c "]);
});
