import { variablePrefix } from "@fairlead/model";

import type { DataService } from "./dataService";
import type { ServiceTranslation } from "./serviceTranslation";
import type { SourceMention } from "./sourceMention";

const settingsFile = /(?:^|\/)application[\w-]*\.(?:properties|ya?ml)$/;
const names = { url: "SPRING_DATASOURCE_URL", username: "SPRING_DATASOURCE_USERNAME", password: "SPRING_DATASOURCE_PASSWORD" } as const;

/** URL of JDBC with what a binding brings, which Spring and Quarkus fill in themselves. */
export function jdbcUrl(data: string): string {
  const prefix = variablePrefix(data);
  return `jdbc:postgresql://\${${prefix}_HOST}:\${${prefix}_PORT}/\${${prefix}_DATABASE}?sslmode=require`;
}

/**
 * Whether a mention of a database is Spring Boot's data source in its file of settings, which variables come before.
 *
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html
 */
export function isSpringDataSource({ context: { files } }: ServiceTranslation, { place: { file, line } }: SourceMention): boolean {
  if (!settingsFile.test(file)) return false;
  const lines = (files.read(file) ?? "").split(/\r?\n/);
  const own = lines[line - 1] ?? "";
  if (/^\s*spring\.datasource\.url\s*[=:]\s*jdbc:postgresql:/.test(own)) return true;
  const [, indent] = /^(\s*)url:\s*["']?jdbc:postgresql:/.exec(own) ?? [];
  if (indent === undefined) return false;
  const above = lines.slice(0, line - 1).filter((each) => /^\s*[^\s#]/.test(each) && /^\s*/.exec(each)![0].length < indent.length);
  return /^\s*datasource:/.test(above.at(-1) ?? "");
}

/** Gives a service its data source by variables, where it has none of them. */
export function setSpringDataSource(translation: ServiceTranslation, data: DataService): void {
  const { as } = translation.uses.get(data.name)!;
  const environment = (translation.manifest.environment ?? {}) as Record<string, string>;
  if (environment[names.url] === undefined) translation.setEntry("environment", names.url, jdbcUrl(data.name));
  for (const part of ["username", "password"] as const) {
    const given = [as[part] ?? []].flat();
    if (given.includes(names[part]) || environment[names[part]] !== undefined) continue;
    as[part] = given.length === 0 ? names[part] : [...given, names[part]];
  }
}
