import { AwsError } from "../aws/requests";

/** A page of what is listed, as ECS pages: a token says where the next one starts. */
export function paged<Item>(
  items: Item[],
  { maxResults, nextToken }: Record<string, any>,
  limit: number,
): { page: Item[]; nextToken?: string } {
  if (maxResults !== undefined && !(maxResults >= 1 && maxResults <= 100))
    throw new AwsError("InvalidParameterException", "Invalid maxResults: must be between 1 and 100");
  const start = nextToken === undefined ? 0 : Number(Buffer.from(String(nextToken), "base64url").toString());
  if (!Number.isInteger(start) || start < 0) throw new AwsError("InvalidParameterException", "Invalid token in request");
  const end = start + Number(maxResults ?? limit);
  const next = end < items.length ? { nextToken: Buffer.from(String(end)).toString("base64url") } : {};
  return { page: items.slice(start, end), ...next };
}
