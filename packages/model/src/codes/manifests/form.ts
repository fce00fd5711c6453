import type { Explanations } from "../explanation";

/** What is written: YAML, keys and values. */
export const formCodes = {
  FL1001: {
    title: "not YAML",
    meaning:
      "The file is not YAML 1.2, or its anchors unfold into more than a manifest can hold. Only the first slip is told, because the ones after it mostly follow from it.",
    fix: "Look at the line and the one above it: indentation by spaces alone, a space after each colon, quotes that close.",
  },
  FL1002: {
    title: "unknown key",
    meaning:
      "A key that no manifest has in this place, or one that stands twice. A key with a slip of the pen would otherwise do nothing, without a word.",
    fix: "Take the name that is proposed, or see docs/service.yaml.md for the map that has the key.",
  },
  FL1003: {
    title: "wrong type",
    meaning: "The value is of another type than the key takes.",
    fix: "Write it as asked. Numbers and yes/no that are meant as text want quotes.",
    example: 'environment:\n  RETRIES: "3"',
  },
  FL1004: {
    title: "missing key",
    meaning: "A key is missing that this kind of service, or this map, can't do without.",
    fix: "Add it.",
  },
  FL1005: {
    title: "value not allowed",
    meaning: "The type is right and the value is not: out of its limits, none of the choices, or of another form.",
    fix: "Take one that is allowed; the message lists them.",
  },
  FL1013: {
    title: "unknown environment",
    meaning: "`environments` names an environment without a stack. What stands there would never apply.",
    fix: "Correct the name, or add the stack: `npx fairlead new environment`.",
  },
  FL1014: {
    title: "key of another kind of service",
    meaning: "The kind of the service has no such key, so it would do nothing.",
    fix: "Remove it, or change kind.",
  },
  FL1037: {
    title: "folder of a service without a service.yaml",
    meaning:
      "A folder among the services holds a manifest of another name, such as service.yml, which is a mistake; or a Dockerfile and no manifest, which is a warning: its image may be no service's.",
    consequence: "The service would not be there, and one that runs would be deleted.",
    fix: "Rename the manifest to service.yaml, or write one. Move the Dockerfile of an image that is no service's to a folder beside the services'.",
  },
} satisfies Explanations<"FL10">;
