import { fileCapabilities, type FileCapabilities } from "./fileCapabilities";
import { TarError } from "./tarError";

/** A file with holes, as GNU tar writes it into PAX records (versions 0.0, 0.1 and 1.0). */
export interface Sparse {
  name?: string;
  /** With its holes. */
  size?: number;
  /** Offset and length of each piece in turn; undefined where the content begins with the map (1.0). */
  map?: number[];
}

/** What a PAX header says of the entry that follows it, as far as it decides anything. */
export interface PaxRecords {
  path?: string;
  linkpath?: string;
  size?: number;
  uid?: number;
  gid?: number;
  sparse?: Sparse;
  capabilities?: FileCapabilities;
}

/**
 * Reads `<length> <key>=<value>\n`, over and over.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
export function readRecords(bytes: Buffer): PaxRecords {
  const records = new Map<string, string>();
  const pieces: string[] = [];
  let capabilities: FileCapabilities | undefined;
  for (let position = 0; position < bytes.length;) {
    const space = bytes.indexOf(0x20, position);
    const length = number(bytes.toString("latin1", position, Math.min(space, position + 20)), "a record's length");
    const end = position + length;
    const equals = bytes.indexOf(0x3d, space);
    if (space < 0 || length < 5 || end > bytes.length || bytes[end - 1] !== 0x0a || equals < 0 || equals >= end)
      throw new TarError("a PAX header holds something else than records");
    const key = bytes.toString("utf8", space + 1, equals);
    const value = bytes.toString("utf8", equals + 1, end - 1);
    // Version 0.0 repeats its keys.
    if (key === "SCHILY.xattr.security.capability") capabilities = fileCapabilities(bytes.subarray(equals + 1, end - 1));
    if (key === "GNU.sparse.offset" || key === "GNU.sparse.numbytes") pieces.push(value);
    else records.set(key, value);
    position = end;
  }
  const sparse = sparseOf(records, pieces);
  const numberOf = (key: string) => (records.get(key) ? number(records.get(key)!, key) : undefined);
  return {
    path: records.get("path"),
    linkpath: records.get("linkpath"),
    size: numberOf("size"),
    uid: numberOf("uid"),
    gid: numberOf("gid"),
    sparse,
    capabilities,
  };
}

/** @see https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html */
function sparseOf(records: Map<string, string>, pieces: string[]): Sparse | undefined {
  const version = `${records.get("GNU.sparse.major") ?? ""}.${records.get("GNU.sparse.minor") ?? ""}`;
  const map = pieces.length > 0 ? pieces.join(",") : records.get("GNU.sparse.map");
  if (!["1.0", "0.0", "0.1"].includes(version) && !(version === "." && map)) return undefined;
  const size = records.get("GNU.sparse.size") ?? records.get("GNU.sparse.realsize");
  return {
    name: records.get("GNU.sparse.name"),
    size: size ? number(size, "GNU.sparse.size") : undefined,
    ...(version !== "1.0" && {
      map: (map ?? "")
        .split(",")
        .filter(Boolean)
        .map((part) => number(part, "GNU.sparse.map")),
    }),
  };
}

function number(text: string, what: string): number {
  if (!/^[+-]?\d{1,16}$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new TarError(`${what} is ${JSON.stringify(text.slice(0, 40))}`);
  return Number(text);
}
