import { posix } from "node:path";
import { bindingVariables, calleeVariable } from "@fairlead/model";

import type { SourceFiles } from "../source/sourceFiles";
import type { Place } from "../source/sourceNode";
import { childOf } from "../source/sourceNode";
import type { InferredCall } from "../write/imported";
import type { DataService } from "./dataServices";
import { addCall, isCallable } from "./hosts";
import type { ServiceTranslation } from "./serviceTranslation";

const skipped =
  /(?:^|\/)(?:node_modules|vendor|dist|\.git|\.venv|venv|__pycache__|target|tests?|spec|__tests__|docs?|k8s[\w-]*|kubernetes|\.github|\.vscode|static|public|assets)\/|\.(?:md|lock|map|min\.js|css|svg|png|jpe?g|gif|ipynb|html?|drawio|excalidraw|csv|sql|snap|example|sample|sum)$|(?:^|\/)(?:package-lock\.json|(?:docker-)?(?:compose|stack)[\w.-]*\.ya?ml|\.env[\w.-]*|Makefile|Dockerfile[\w.-]*|\.dockerignore|README[^/]*)$|\.(?:test|spec)\.[jt]sx?$/i;
const longest = 300_000;
/** A default that is taken where a variable is not set. */
const isDefault =
  /process\.env|os\.environ|getenv|env\(|ENV\[|import\.meta\.env|System\.getenv|\$\{[\w.]+:|os\.Getenv|Environment\.GetEnvironmentVariable|config\(/;
/** Of one host in one service more tell no more. */
const mostTold = 3;

/** Where sources name hosts that Compose alone answers to. */
export function tellSourceHosts(
  taken: readonly ServiceTranslation[],
  data: readonly DataService[],
  files: SourceFiles,
  domain: string,
  calls: InferredCall[],
): void {
  for (const translation of taken) {
    const context = contextOf(translation);
    if (context === undefined) continue;
    const wanted = files.paths.filter((path) => (context === "." || path.startsWith(`${context}/`)) && !skipped.test(path));
    for (const { translation: other, name, image } of data) {
      const found = placesOf(files, wanted, other.key);
      if (found.length === 0) continue;
      if (!translation.uses.has(name)) translation.uses.set(name, { as: {} });
      const { environment, secrets } = bindingVariables(image.kind, name);
      const instead = [...Object.values(environment), ...Object.values(secrets)].join(", ");
      for (const place of found.slice(0, mostTold))
        translation.say(
          {
            outcome: "decide",
            source: other.key,
            to: `uses[${name}]`,
            text: `The source names the host "${other.key}", which nothing here answers to: read ${instead}, which uses brings.${image.kind === "cache" ? " The URL is rediss://, over TLS." : ""}`,
          },
          place,
        );
    }
    for (const other of taken) {
      if (other === translation || !isCallable(other)) continue;
      const found = placesOf(files, wanted, other.key);
      if (found.length === 0) continue;
      addCall(translation, other, "likely", `the source, ${found[0]!.file}:${found[0]!.line}`, calls, found[0]);
      for (const place of found.slice(0, mostTold))
        translation.say(
          {
            outcome: "decide",
            source: other.key,
            to: `calls: [${other.service}]`,
            text: `The source names the host "${other.key}", which nothing here answers to: read ${calleeVariable(other.service)}, or name ${other.service}.${domain}.`,
          },
          place,
        );
    }
  }
}

function contextOf(translation: ServiceTranslation): string | undefined {
  const build = childOf(translation.node, "build");
  const context = build?.kind === "map" ? (childOf(build, "context") ?? build) : build;
  if (!build) return undefined;
  const path = translation.inSource(context?.kind === "scalar" ? context.text || "." : ".", context!);
  return path.startsWith("..") || /^[a-z]+:\/\//.test(path) ? undefined : posix.normalize(path).replace(/\/$/, "");
}

function placesOf(files: SourceFiles, paths: readonly string[], host: string): Place[] {
  const name = host.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    `(?://|(?<=[\\w%*$}!.-])@)${name}(?=[:/"'\`\\s;]|$)|(?<![\\w./$-])${name}:\\d{2,5}(?!\\d)|\\b(?:host|hostname|server)["']?\\s*[:=]\\s*["']?${name}(?=["'\\s;,)])`,
    "i",
  );
  return paths.flatMap((file) => {
    const text = files.read(file);
    if (text === undefined || text.length > longest || !text.includes(host)) return [];
    return text.split(/\r?\n/).flatMap((line, index): Place[] => {
      const found = pattern.exec(line);
      return found && line.length < 500 && !isDefault.test(line) && !/^\s*(?:#|\/\/|\*)/.test(line)
        ? [{ file, line: index + 1, column: found.index + 1 }]
        : [];
    });
  });
}
