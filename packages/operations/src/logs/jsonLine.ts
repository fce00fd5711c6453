import { isMap } from "@fairlead/model";

/** What a line of JSON says, as loggers write it. */
export interface JsonLine {
  level: string | undefined;
  message: string | undefined;
  /** All other fields but the time, which the line has already; those within others by their path: `request.path`. */
  fields: [key: string, value: string][];
}

const names = {
  level: ["level", "severity", "lvl", "log.level", "levelname", "loglevel"],
  message: ["message", "msg", "event"],
  time: ["time", "timestamp", "ts", "@timestamp", "datetime"],
};

/** Pino and Bunyan write levels as numbers. */
const levels: Record<number, string> = { 10: "TRACE", 20: "DEBUG", 30: "INFO", 40: "WARN", 50: "ERROR", 60: "FATAL" };

/** Reads a line that is an object in JSON; undefined where it is none. */
export function jsonLine(text: string): JsonLine | undefined {
  if (!/^\s*\{.*\}\s*$/s.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMap(value)) return undefined;
  const fields = flat(value);
  const take = (keys: readonly string[]) => {
    const index = fields.findIndex(([key]) => keys.includes(key.toLowerCase()));
    return index < 0 ? undefined : fields.splice(index, 1)[0]![1];
  };
  const level = take(names.level);
  const message = take(names.message);
  take(names.time);
  return { level: level === undefined ? undefined : (levels[Number(level)] ?? level.toUpperCase()), message, fields };
}

function flat(value: Record<string, unknown>, path = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] => {
    if (isMap(item)) return flat(item, `${path}${key}.`);
    return [[path + key, typeof item === "string" ? item : JSON.stringify(item)]];
  });
}
