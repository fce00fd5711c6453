/** Whether some text fits both patterns of a load balancer: `*` is any characters or none, `?` is one. */
export function patternsMeet(one: string, other: string): boolean {
  const known = new Map<number, boolean>();
  const meet = (i: number, j: number): boolean => {
    const key = i * (other.length + 1) + j;
    const answer = known.get(key) ?? found(i, j);
    known.set(key, answer);
    return answer;
  };
  const found = (i: number, j: number): boolean => {
    const [a, b] = [one[i], other[j]];
    if (a === undefined && b === undefined) return true;
    if (a === "*") return meet(i + 1, j) || (b !== undefined && meet(i, j + 1));
    if (b === "*") return meet(i, j + 1) || (a !== undefined && meet(i + 1, j));
    return a !== undefined && b !== undefined && (a === b || a === "?" || b === "?") && meet(i + 1, j + 1);
  };
  return meet(0, 0);
}
