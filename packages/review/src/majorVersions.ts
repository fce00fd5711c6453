/**
 * The number that a major upgrade changes. MySQL's and MariaDB's have two parts: from 8.0 to 8.4 is one. So have PostgreSQL's before 10, and those of SQL
 * Server.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MySQL.Major.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.MariaDB.Major.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html
 */
function majorOf(engine: string, version: string): string {
  const parts = version.replace(/^(OpenSearch|Elasticsearch)_/, "").split(/[.-]/);
  const hasTwo = /^(aurora-mysql|mysql|mariadb|sqlserver)/.test(engine) || (/postgres/.test(engine) && Number(parts[0]) < 10);
  return parts.slice(0, hasTwo ? 2 : 1).join(".");
}

/** Whether a version is the beginning of another one: AWS chooses the rest. */
export const isBeginning = (short: string, long: string): boolean => short === long || long.startsWith(`${short}.`);

/** Whether the two versions of a database's engine are of another major version. */
export function isOtherMajor(engine: unknown, before: string, after: string): boolean {
  if (isBeginning(before, after) || isBeginning(after, before)) return false;
  const [was, is] = [before, after].map((version) => majorOf(String(engine ?? ""), version));
  return was !== is;
}
