import { Type } from "@sinclair/typebox";

import { anything, listOf, map, object, optional, text, texts, yes } from "./parts";

const options = object({
  protect: optional(yes()),
  retainOnDelete: optional(yes()),
  ignoreChanges: optional(texts()),
  replaceOnChanges: optional(texts()),
  replaceWith: optional(texts("URNs.")),
  replacementTrigger: optional(anything()),
  deleteBeforeReplace: optional(yes()),
  provider: optional(text("URN of the provider, where it is not the default one of the stack's configuration.")),
  aliases: optional(listOf(anything())),
  import: optional(text("The id under which it is at AWS before Pulumi has it.")),
  version: optional(text("Of the provider's plugin, where it is another one than for most resources of the package.")),
  pluginDownloadURL: optional(text("Where the provider's plugin comes from, where it is not Pulumi's own place.")),
  deletedWith: optional(text("URN of the resource with which it goes: Pulumi then only forgets it.")),
  transforms: optional(texts("Functions that change what the program asks for: fingerprints of their code.")),
  hooks: optional(Type.Record(Type.String(), Type.Array(Type.String()), { description: "Functions that run in `up`, by event." })),
});

/** A resource of a plan. */
export const resource = object({
  urn: text(),
  type: text(),
  name: text(),
  parent: Type.Union([Type.String(), Type.Null()], { description: "URN of the parent; null for the stack itself." }),
  custom: yes({ description: "Whether a provider manages it; a component is false." }),
  inputs: map('What is known only after apply reads {"$output": "<urn>#<attribute>"}, and within a text ${<urn>#<attribute>}.'),
  dependencies: texts("URNs."),
  propertyDependencies: Type.Record(Type.String(), Type.Array(Type.String()), {
    description: "Of each input, the URNs that its value comes from.",
  }),
  options,
});

const properties = {
  version: Type.Literal(1),
  project: text(),
  stack: text(),
  resources: listOf(resource),
  outputs: map(),
  guardRails: optional(map("What the composition keeps its services to, which no resource shows.")),
};

export const plan = object(properties);

/** What `fairlead preview --json` prints. */
export const previewSchema = object({
  ...properties,
  leftOut: optional(
    listOf(
      object({ file: text(), hasStandIn: yes() }),
      "Manifests with mistakes: as the last commit has them where it has a stand-in, else left out.",
    ),
  ),
});
