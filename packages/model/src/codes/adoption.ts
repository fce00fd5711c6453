import type { Explanations } from "./explanation";

/** Why what exists can't be taken over. */
export const adoptionCodes = {
  FL3201: {
    title: "resource to take over that the plan doesn't have",
    meaning: "`--import` names a resource by what the program calls it. The plan has none of this name, or several.",
    fix: "Take a name that `fairlead preview` shows; where several have it, <type>:<name>, such as Bucket:reports.",
    example: "npx fairlead adopt prod --import Bucket:reports=acme-reports",
  },
  FL3202: {
    title: "nothing at AWS under this id",
    meaning:
      "The provider was asked for what `--import` names, in the stack's account and region, and there is nothing. Nothing was written.",
    fix: "Look at the id, the region and the account. What an id is stands in the provider's documentation of the type, under Import.",
  },
  FL3203: {
    title: "Pulumi that refuses",
    meaning:
      "What an import does is tried by Pulumi's engine and the AWS provider on a copy of the state, in a folder that goes again. They ended with an error, or there is no `pulumi` on the PATH. Nothing was written.",
    fix: "Its own words say what is missing: a login, a plugin, a permission to read, a value of the configuration.",
  },
  FL3204: {
    title: "import that would lose what is there",
    meaning:
      "Once the resources are in the state, the next `up` would replace or delete one of them or another one, by the properties that are named: what AWS has is otherwise there than what the program asks for, and AWS can't change it in place.",
    fix: "Have the program ask for what is there, by `transform`; or keep the resource outside, and name it by reference: existingBucket, existingTable, ExistingLoadBalancer.",
  },
  FL3205: {
    title: "configuration that a copy can't have",
    meaning:
      "What an import does is tried on a copy of the stack, whose program must read what it reads else. The message names what the copy can't have: a secret that Pulumi doesn't decrypt, an environment of Pulumi ESC with files or without a name, the outputs of a stack in an organization of Pulumi Cloud. Nothing was written.",
    fix: "Do what the message says, for as long as you adopt; or name what exists by reference, for which no copy is needed.",
  },
  FL3206: {
    title: "import that ended half-way",
    meaning:
      "With `--write` Pulumi took resources into the stack's state and ended before all were there. It keeps those that came, and the message names them. At AWS nothing was changed.",
    fix: "Mend what Pulumi says and run the same command again: it passes over those that are there. Or take them out of the state, as the message says: they stay at AWS as they are.",
  },
} satisfies Explanations<"FL32">;
