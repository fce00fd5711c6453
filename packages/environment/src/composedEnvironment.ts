import * as pulumi from "@pulumi/pulumi";

type Variables = Record<string, pulumi.Input<string>>;

/** Variables that are made of others: each `${NAME}` in a text is the value of that variable. Manifests with names that there are not were refused. */
export function composedEnvironment(texts: Readonly<Record<string, string>> = {}, given: Variables): Variables {
  return Object.fromEntries(
    Object.entries(texts).map(([variable, text]) => {
      // Names stand at every other place.
      const parts = text.split(/\$\{(\w+)\}/);
      return [variable, pulumi.concat(...parts.map((part, index) => (index % 2 === 1 ? (given[part] ?? "") : part)))];
    }),
  );
}
