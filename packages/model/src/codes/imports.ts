import type { Explanations } from "./explanation";

/** Why what comes from elsewhere can't be taken over. */
export const importCodes = {
  FL2901: {
    title: "source that can't be read",
    meaning: "A file of what is imported is no YAML, or no map of keys, or names an anchor that is not there. Nothing was written.",
    fix: "Correct it where the message points. The tool that it was written for refuses it as well.",
  },
  FL2902: {
    title: "key that nobody knows",
    meaning:
      "A manifest that is imported has a key that neither the tool that it is for nor the importer knows. It may be a slip of the pen, or of a version that came later.",
    consequence: "Left out in silence it could be what the service can't run without. Nothing was written.",
    fix: "Remove it from the source, or import with --lenient, which tells of it in the report.",
    example: "npx fairlead import copilot ../shop --lenient",
  },
  FL2903: {
    title: "key that was not taken over",
    meaning: "A key that the importer knows stands in a form, or in a place, that it has no translation for. Nothing was written.",
    fix: "See whether the tool that it is for reads it there. --lenient imports the rest, and tells of the key in the report.",
  },
  FL2904: {
    title: "value that the source's own tool refuses",
    meaning:
      "A value of a manifest that is imported is none that its tool accepts, such as a text where a number belongs. Nothing was written.",
    fix: "Correct it in the source.",
  },
  FL2905: {
    title: "files in the way",
    meaning: "What would be written is there already, and is another one. Import writes over nothing, and nothing was written.",
    fix: "Rename or remove the files. --remove-examples takes the example services and stacks of a new clone away first.",
    example: "npx fairlead import copilot ../shop --remove-examples",
  },
  FL2906: {
    title: "nothing to import",
    meaning:
      "The folder has no application of Copilot's: no folder copilot with a .workspace or a manifest.yml, or more than one. Or it has no Compose file, or the file is no task definition.",
    fix: "Name the folder that has the folder copilot, the Compose file, or the task definition.",
  },
  FL2907: {
    title: "examples that are not committed",
    meaning:
      "--remove-examples takes away only what git gives back, and the example services or stacks have changes that are not committed. Nothing was written.",
    fix: "Commit or undo these changes.",
  },
  FL2908: {
    title: "environment of a name that is taken",
    meaning:
      "An environment is a file of stacks/, and a function of that name: stacks/data.ts and stacks/index.ts are others, and TypeScript keeps words such as function for itself. Nothing was written.",
    fix: "Name the environment otherwise, with --environment.",
    example: "npx fairlead import task-definition task-definition.json --environment prod",
  },
} satisfies Explanations<"FL29">;
