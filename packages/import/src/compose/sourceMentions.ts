import { posix } from "node:path";

import type { SourceFiles } from "../source/sourceFiles";
import { childOf } from "../source/sourceNode";
import type { SourceMention } from "./sourceMention";
import type { ServiceTranslation } from "./serviceTranslation";

const skipped =
  /(?:^|\/)(?:node_modules|vendor|dist|\.git|\.venv|venv|__pycache__|target|tests?|spec|__tests__|docs?|k8s[\w-]*|kubernetes|\.github|\.vscode|static|public|assets)\/|\.(?:md|lock|map|min\.js|css|svg|png|jpe?g|gif|ipynb|html?|drawio|excalidraw|csv|sql|snap|example|sample|sum)$|(?:^|\/)(?:package-lock\.json|(?:docker-)?(?:compose|stack)[\w.-]*\.ya?ml|\.env[\w.-]*|Makefile|Dockerfile[\w.-]*|\.dockerignore|README[^/]*)$|\.(?:test|spec)\.[jt]sx?$/i;
const longest = 300_000;
/** A default that is taken where a variable is not set. */
const isDefault =
  /process\.env|os\.environ|getenv|env\(|ENV\[|import\.meta\.env|System\.getenv|\$\{[\w.]+:|os\.Getenv|Environment\.GetEnvironmentVariable|config\(/;
const isComment = /^\s*(?:#|\/\/|\*)/;

/** Finds the hosts that the sources of each service name, and the files that were mounted into it. */
export function findSourceMentions(
  services: readonly ServiceTranslation[],
  others: readonly ServiceTranslation[],
  files: SourceFiles,
): void {
  for (const service of services) {
    const paths = sourcesOf(service, files);
    for (const other of others) {
      const found =
        other === service ? [] : paths.flatMap((path) => other.hosts.flatMap((host) => mentionsIn(path, files.read(path), host)));
      if (found.length > 0) service.mentions.set(other.key, found);
    }
  }
}

function sourcesOf(service: ServiceTranslation, { paths }: SourceFiles): string[] {
  const context = contextOf(service);
  const built =
    context === undefined ? [] : paths.filter((path) => (context === "." || path.startsWith(`${context}/`)) && !skipped.test(path));
  const copied = service.copies.flatMap(({ path, isFile }) =>
    isFile ? [path] : paths.filter((each) => each.startsWith(`${path}/`) && !skipped.test(each)),
  );
  return [...new Set([...built, ...copied])];
}

function contextOf(translation: ServiceTranslation): string | undefined {
  const build = childOf(translation.node, "build");
  const context = build?.kind === "map" ? (childOf(build, "context") ?? build) : build;
  if (!build) return undefined;
  const path = translation.inSource(context?.kind === "scalar" ? context.text || "." : ".", context!);
  return path.startsWith("..") || /^[a-z]+:\/\//.test(path) ? undefined : posix.normalize(path).replace(/\/$/, "");
}

/** A name where a program or its settings have a host. @param isUpstream whether the name alone is one of nginx's upstreams, which is none */
function pattern(host: string, isUpstream: boolean): RegExp {
  const name = host.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const alone = isUpstream ? [] : [`(?://|(?<=[\\w%*$}!.-])@)${name}(?=[/"'\`\\s;]|$)`];
  const all = [...alone, `(?<![\\w.$-])${name}:\\d{2,5}(?!\\d)`, `\\b(?:host|hostname|server)["']?\\s*[:=]\\s*["']?${name}(?=["'\\s;,)])`];
  return new RegExp(all.join("|"), "gi");
}

function mentionsIn(file: string, text: string | undefined, host: string): SourceMention[] {
  if (text === undefined || text.length > longest || !text.includes(host)) return [];
  const hosts = pattern(host, isUpstream(text, host));
  const asksDocker = /^\s*resolver\s[^;]*\b127\.0\.0\.11\b/m.test(text);
  return text.split(/\r?\n/).flatMap((line, index): SourceMention[] => {
    if (line.length >= 500 || isDefault.test(line) || isComment.test(line)) return [];
    const found = [...line.matchAll(hosts)][0];
    if (!found) return [];
    const named = /:(\d+)$/.exec(found[0])?.[1];
    const isHttp = line.slice(0, found.index + 2).endsWith("http://") || /http:\/\/$/.test(line.slice(0, found.index));
    return [
      {
        host,
        place: { file, line: index + 1, column: found.index + 1 },
        port: named ? Number(named) : isHttp ? 80 : undefined,
        asksDocker,
      },
    ];
  });
}

function isUpstream(text: string, host: string): boolean {
  return [...text.matchAll(/^\s*upstream\s+(\S+)\s*\{/gm)].some(([, name]) => name === host);
}

/** A text whose mentions of a service, by any of its names, have the name that DNS knows. */
export function withHosts(text: string, hosts: readonly string[], full: string): string {
  return hosts.reduce((all, host) => withHost(all, host, full), text);
}

function withHost(text: string, host: string, full: string): string {
  const hosts = pattern(host, isUpstream(text, host));
  return text
    .split("\n")
    .map((line) =>
      isComment.test(line)
        ? line
        : line.replaceAll(hosts, (found) => {
            const at = found.toLowerCase().lastIndexOf(host.toLowerCase());
            return `${found.slice(0, at)}${full}${found.slice(at + host.length)}`;
          }),
    )
    .join("\n");
}
