import { exportedBy, type Exports } from "./addons/exports";
import { secretOfData } from "./addons/outputs";
import type { Workload } from "./readManifest";
import { groupsToWrite } from "./steps/network";
import { use, type Binding } from "./steps/topics";
import type { CloudFormationImport, Translation } from "./translation";

/** Binds who imports what the environments' addons export of data; what else is imported is told as its row says. */
export function settleImports(workloads: readonly Workload[], exports: Exports): void {
  for (const { base, environments } of workloads)
    for (const translation of [base, ...environments.values()])
      for (const each of translation.imports) if (!bound(translation, each, exports)) keep(translation, each);
}

/** What is of no data that was taken over: a variable or a secret has it from there, and of a security group somebody has to decide. */
function keep(translation: Translation, { field, variable, container }: CloudFormationImport): void {
  if (variable !== undefined && field.node.kind === "scalar") {
    const to = field.path.includes("variables")
      ? `cloudFormationExports.${variable}`
      : `${container}secrets.${variable}.cloudFormationExport`;
    translation.set(to, field.node.text);
  }
  field.claim(variable === undefined ? { text: groupsToWrite } : {});
}

function bound(translation: Translation, { field, variable, container }: CloudFormationImport, exports: Exports): boolean {
  const exported = exportedBy(exports, field.node.kind === "scalar" ? field.node.text : "");
  if (!exported) return false;
  if (container !== "") {
    field.claim({
      outcome: "decide",
      to: undefined,
      text: `it is of ${exported.data.name}, which uses gives to the service's own container alone: read it there, or keep the secret that it has in a store of its own.`,
    });
    return true;
  }
  const { data, part, opensData } = exported;
  if (variable === undefined) {
    if (!opensData) return false;
    use(translation, { name: data.name });
    field.claim({
      outcome: "changed",
      to: `uses: ${data.name}`,
      text: "the group let its tasks reach the data; here the data lets in whoever is bound to it.",
    });
    return true;
  }
  if (part === undefined) {
    use(translation, { name: data.name });
    return false;
  }
  use(translation, { name: data.name });
  nameBound(translation, data.name, part, variable);
  const to = `uses: ${data.name}, as ${part}`;
  field.claim(part === "secret" ? { outcome: "changed", to, text: secretOfData } : { outcome: "exact", to, text: undefined });
  return true;
}

/** Gives a part of a binding a variable of the service's own name, besides those that it has. */
export function nameBound(translation: Translation, data: string, part: string, variable: string): void {
  const uses = translation.manifest.uses as Binding[];
  translation.set(
    "uses",
    uses.map((each) => {
      if (each.name !== data) return each;
      const before = each.as?.[part];
      const all = [...new Set([...(before === undefined ? [] : [before].flat()), variable])];
      return { ...each, as: { ...each.as, [part]: all.length === 1 ? all[0]! : all } };
    }),
  );
}
