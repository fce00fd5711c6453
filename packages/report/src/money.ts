/** `$12.30` */
export function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}

/** `+$12.30`; `±$0` where nothing changes. */
export function deltaText({ before, after }: { before: number; after: number }): string {
  const delta = after - before;
  if (Math.abs(delta) < 0.005) return "±$0";
  return `${delta > 0 ? "+" : "−"}${dollars(Math.abs(delta))}`;
}
