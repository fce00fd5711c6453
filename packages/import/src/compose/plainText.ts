/** Words that YAML 1.2 has for values of its own, as Go writes them. */
const words: Record<string, string> = {
  ...Object.fromEntries(["true", "True", "TRUE"].map((word) => [word, "true"])),
  ...Object.fromEntries(["false", "False", "FALSE"].map((word) => [word, "false"])),
  ...Object.fromEntries([".nan", ".NaN", ".NAN"].map((word) => [word, "NaN"])),
  ...Object.fromEntries([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, "+Inf"])),
  ...Object.fromEntries(["-.inf", "-.Inf", "-.INF"].map((word) => [word, "-Inf"])),
  "-0": "-0",
  "-0.0": "-0",
};
const float = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const time =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)$/;

/**
 * What Compose gives a container of a value that stands without quotes: it reads numbers, switches and dates as such, and writes them as Go does. `010` becomes
 * `8`, `1e3` and `1_000` become `1000`, `1.0` becomes `1`, `True` becomes `true`.
 *
 * @see https://docs.docker.com/reference/compose-file/services/#environment
 */
export function plainText(text: string): string {
  const word = Object.hasOwn(words, text) ? words[text] : undefined;
  if (word !== undefined) return word;
  if (!/^[-+.\d]/.test(text)) return text;
  const bare = text.replaceAll("_", "");
  return moment(text) ?? (text.startsWith(".") ? undefined : whole(bare)) ?? fraction(text.startsWith(".") ? text : bare) ?? text;
}

/** A number by Go's rules: `0x`, `0o`, `0b`, and octal behind a 0 alone. */
function whole(text: string): string | undefined {
  const [, sign = "", digits] = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = sign === "-" ? -size : size;
  const isHeld = sign === "" ? value < 2n ** 64n : value >= -(2n ** 63n) && value < 2n ** 63n;
  return isHeld ? String(value) : undefined;
}

function fraction(text: string): string | undefined {
  if (!float.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  if (Object.is(value, -0)) return "-0";
  const exponent = value === 0 ? 0 : Number(value.toExponential().split("e")[1]);
  if (exponent >= -4 && exponent < 6) return String(value);
  const [digits, power] = value.toExponential().split("e") as [string, string];
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

function moment(text: string): string | undefined {
  const day = date.exec(text);
  const found = day ?? time.exec(text);
  if (!found) return undefined;
  const [, year, month, number] = found.map(Number) as [number, number, number, number];
  const [hour, minute, second, part = ""] = day ? ["0", "0", "0"] : found.slice(found[4] === undefined ? 9 : 4).slice(0, 4);
  const zone = day ? "Z" : (found[8] ?? "Z");
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || number < 1 || number > last || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined;
  const two = (each: string | number | undefined) => String(each).padStart(2, "0");
  const offset = zone === "Z" ? "+0000 UTC" : `${zone.replace(":", "")} ${zone.replace(":", "")}`;
  const fractionOfSecond = part.slice(0, 10).replace(/\.?0+$/, "");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(number)} ${two(hour)}:${two(minute)}:${two(second)}${fractionOfSecond} ${offset}`;
}
