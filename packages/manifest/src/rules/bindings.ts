import { accessOf, bindingParts, closest, dataKinds, defaultAccessOf } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import { dataDeclaration } from "./dataDeclaration";
import { keepsRunning } from "./kinds";
import type { Rule } from "./rule";

/** A file whose folder is none of the system's own: the folder is mounted. */
const secretFile = /^(?:\/[\w.-]+){2,}\/[\w.-]+$/;

/** `uses:` names data that there is, with an access that its kind has. */
export const uses: Rule = ({ spec, offers, locate, locateKey }) => {
  const data = offers.data ?? {};
  return spec.uses.flatMap(({ name, access, as, containerPath }, index): Diagnostic[] => {
    const kind = data[name];
    if (!kind) {
      const known = Object.keys(data);
      const suggestion = closest(name, known);
      return [
        {
          code: "FL1016",
          ...locate(["uses", index, "name"]),
          problem: `uses.${index} names "${name}", data that the environment does not have`,
          expected: known.length > 0 ? `one of ${known.join(", ")}` : "nothing: the environment declares no data",
          fix: `${suggestion ? `Did you mean "${suggestion}"?` : "Name data that is declared."} ${declared(name)}`,
        },
      ];
    }
    const wrongAccess: Diagnostic[] = accessOf(kind).includes(access)
      ? []
      : [
          {
            code: "FL1005",
            ...locate(["uses", index, "access"]),
            problem: `uses.${index}.access is "${access}", and ${name} is a ${kind}`,
            expected: `one of ${accessOf(kind).join(", ")}`,
            fix: `Set it to ${defaultAccessOf(kind, spec.kind)}.`,
          },
        ];
    const wrongPath: Diagnostic[] =
      containerPath === undefined || kind === "fileSystem" || kind === "secret"
        ? []
        : [
            {
              code: "FL1005",
              ...locate(["uses", index, "containerPath"]),
              problem: `uses.${index}.containerPath is "${containerPath}", and ${name} is a ${kind}`,
              expected: "containerPath with a fileSystem or a secret only",
              fix: "Remove it.",
            },
          ];
    const noFile: Diagnostic[] =
      kind !== "secret" || containerPath === undefined || secretFile.test(containerPath)
        ? []
        : [
            {
              code: "FL1005",
              ...locate(["uses", index, "containerPath"]),
              problem: `uses.${index}.containerPath is "${containerPath}", and ${name} is a secret`,
              expected: "the path of a file in a folder below another one, of letters, digits, dots, hyphens and underscores",
              consequence: "What the image has in that folder is not seen.",
              fix: `Write /run/secrets/${name}.`,
            },
          ];
    const parts = [...bindingParts(kind, name).keys()];
    const wrongParts = Object.keys(as ?? {})
      .filter((part) => !parts.includes(part))
      .map((part): Diagnostic => ({
        code: "FL1005",
        ...locateKey(["uses", index, "as", part]),
        problem: `uses.${index}.as has "${part}", and ${name} is a ${kind}`,
        expected: `one of ${parts.join(", ")}`,
        fix: closest(part, parts) ? `Did you mean "${closest(part, parts)}"?` : "Name one of them, or remove it.",
      }));
    return [...wrongAccess, ...wrongPath, ...noFile, ...wrongParts];
  });
};

const declared = (name: string) =>
  `Or declare it: \`${dataDeclaration(name)}\` in stacks/data.ts, by one of ${dataKinds.join(", ")} of @fairlead/data.`;

/** A secret has one source, and its variable one origin. */
export const secrets: Rule = ({ spec, locate }) => {
  const containers = [
    { path: [] as string[], environment: spec.environment, secrets: spec.secrets },
    ...Object.entries(spec.sidecars).map(([name, sidecar]) => ({
      path: ["sidecars", name],
      environment: sidecar.environment ?? {},
      secrets: sidecar.secrets ?? {},
    })),
  ];
  return containers.flatMap(({ path, environment, secrets: own }) =>
    Object.entries(own).flatMap(([variable, { secretsManager, ssm, cloudFormationExport, jsonKey, redeployOnChange }]): Diagnostic[] => {
      const name = [...path, "secrets", variable];
      const sources = [secretsManager, ssm, cloudFormationExport].filter((source) => source !== undefined).length;
      const found: Diagnostic[] = [];
      if (sources !== 1 || (ssm !== undefined && jsonKey !== undefined)) {
        found.push({
          code: "FL1017",
          ...locate(name),
          problem: sources === 1 ? `${name.join(".")} has a jsonKey, which SSM does not know` : `${name.join(".")} has ${sources} sources`,
          expected: "one of ssm, secretsManager and cloudFormationExport, the last two with a jsonKey if need be",
          fix: sources === 0 ? "Add one of the three." : "Keep one of them.",
        });
      }
      if (redeployOnChange && !keepsRunning.includes(spec.kind)) {
        found.push({
          code: "FL1014",
          ...locate([...name, "redeployOnChange"]),
          problem: `a ${spec.kind} has no ${name.join(".")}.redeployOnChange`,
          expected: `"redeployOnChange" with kind ${keepsRunning.join(" or ")}`,
          consequence: "Each run reads the version that is current as it starts.",
          fix: "Remove it.",
        });
      }
      if (variable in environment) {
        found.push({
          code: "FL1017",
          ...locate(name),
          problem: `${variable} is in environment as well`,
          expected: "each variable once",
          consequence: "ECS would refuse the task definition.",
          fix: "Remove it from environment.",
        });
      }
      return found;
    }),
  );
};
