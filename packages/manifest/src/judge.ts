import { missingVariables } from "./deployerVariables";
import type { Diagnostic } from "./diagnostic";
import { likelySecrets } from "./likelySecrets";
import type { LoadServicesArgs, ReadService } from "./loadServicesArgs";
import { misnamed } from "./manifestFiles";
import type { ManifestSource } from "./manifestSource";
import { manifestIn } from "./merge";
import { specDiagnostics, specHints } from "./rules";
import { crossServiceDiagnostics } from "./rules/crossService";
import type { LoadedService } from "./rules/loadedService";
import type { Locate, RuleContext } from "./rules/rule";
import type { ServiceManifest } from "./schema/service";
import { schemaDiagnostics } from "./schemaErrors";
import { soundPart } from "./soundPart";
import { toSpec } from "./toSpec";
import { unknownEnvironments } from "./unknownEnvironments";

/** What is to be said of some manifests together. */
export interface Judgement {
  services: LoadedService[];
  read: ReadService[];
  diagnostics: Diagnostic[];
  hints: Diagnostic[];
  /** Manifests that can't be used. */
  broken: ReadonlySet<string>;
}

/** All that is wrong with manifests, each by itself and with the others. */
export function judge(sources: readonly ManifestSource[], args: LoadServicesArgs): Judgement {
  const { offers = {} } = args;
  const names = new Set(sources.flatMap(({ value }) => nameOf(value) ?? []));
  const services: LoadedService[] = [];
  const read: ReadService[] = [];
  const diagnostics: Diagnostic[] = [];
  const hints: Diagnostic[] = [];
  const broken = new Set<string>();
  for (const source of sources) {
    const secrets = likelySecrets(source);
    hints.push(...secrets.perhaps);
    const unread = [misnamed(source.file), source.problems, missingVariables(source, args.environment)];
    const written = unread.find(({ length }) => length > 0) ?? schemaDiagnostics(source);
    const judged = judgeOne(source, written.length === 0, names, args);
    hints.push(...(judged.hints ?? []));
    const found = [...written, ...secrets.sure, ...judged.diagnostics];
    diagnostics.push(...found);
    if (found.length > 0) broken.add(source.file);
    services.push({ source, name: nameOf(source.value), ...judged.service });
    if (judged.read) read.push(judged.read);
  }
  const across = crossServiceDiagnostics(services, offers);
  across.forEach(({ file }) => broken.add(file));
  return { services, read, diagnostics: [...diagnostics, ...across], hints, broken };
}

/** What the rules say of one manifest; of the part of it that is right, where the schema refuses another. */
function judgeOne(source: ManifestSource, isWhole: boolean, services: ReadonlySet<string>, args: LoadServicesArgs) {
  const { file } = source;
  const { defaults, offers = {}, environment } = args;
  const part = isWhole ? undefined : soundPart(source, environment);
  if (!isWhole && !part) return { diagnostics: [] };
  const value = part?.value ?? (source.value as ServiceManifest);
  const merged = manifestIn({ value }, environment);
  const manifest = merged.value;
  const spec = toSpec(manifest, file, defaults, offers);
  const layer = (path: (string | number)[]) => {
    const override = ["environments", environment, ...path];
    return path.length > 0 && source.has(override) ? override : path;
  };
  const locate: Locate = (path) => ({ file, ...source.locate(layer(path)) });
  const locateKey: Locate = (path) => ({ file, ...source.locateKey(layer(path)) });
  const written = new Set([...Object.keys(manifest), ...(part?.unsure ?? [])]);
  const context: RuleContext = { spec, offers, services, locate, locateKey, written };
  const diagnostics = [
    ...unknownEnvironments(source, Object.keys(value.environments ?? {}), args.environments),
    ...specDiagnostics(context, part?.unsure),
  ];
  // Of a part others can't say what they find in it: only what it names itself is judged.
  if (part) return { diagnostics, service: { manifest, locate } };
  const whole: ReadService = { environment, source, spec, merged };
  return { diagnostics, hints: specHints(context), service: { name: spec.name, spec, manifest, locate }, read: whole };
}

function nameOf(value: unknown): string | undefined {
  const name = (value as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}
