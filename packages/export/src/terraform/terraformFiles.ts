import type { Deployed } from "../deployed/deployed";
import type { Exported } from "../exported";
import { importPlan, type ImportPlan } from "./importBlocks";

/** Import blocks of a stack's state, as files for Terraform. */
export interface TerraformExport extends Exported, ImportPlan {}

/**
 * `imports.tf` with a block for each resource, and `versions.tf`. Nothing of a resource is in them but its id: what it is like Terraform asks AWS.
 *
 * @see https://developer.hashicorp.com/terraform/language/import/generating-configuration
 */
export function exportTerraformImport(deployed: Deployed): TerraformExport {
  const plan = importPlan(deployed);
  const files = new Map([
    ["imports.tf", importsText(deployed, plan)],
    ["versions.tf", versionsText(plan)],
  ]);
  return { ...plan, files };
}

function importsText({ stack }: Deployed, { blocks, leftOut }: ImportPlan): string {
  const heading = [
    `What ${stack} has deployed, for Terraform 1.5 and later to take over. Nothing at AWS changes by an import.`,
    "",
    "  terraform init",
    "  terraform plan -generate-config-out=generated.tf",
    "",
    "The second writes the configuration of every resource, as well as it can: where it stops at arguments that exclude each other, remove one of them in",
    "generated.tf and plan again, without the option. Apply once the plan says: 0 to change, 0 to destroy.",
    "Then let Pulumi forget the stack, which deletes nothing at AWS, and never destroy it:",
    "",
    `  pulumi stack rm --force ${stack}`,
  ];
  const lines = [
    ...heading.map(comment),
    ...blocks.flatMap(({ to, id }) => ["", "import {", `  to = ${to}`, `  id = ${quoted(id)}`, "}"]),
    ...(leftOut.length > 0 ? ["", comment("Not imported:")] : []),
    ...leftOut.flatMap(({ type, name, why }) => [comment(""), comment(`${type} ${name}`), comment(`  ${why}`)]),
  ];
  return `${lines.join("\n")}\n`;
}

function versionsText({ region }: ImportPlan): string {
  return `terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {${region === undefined ? "}" : `\n  region = ${quoted(region)}\n}`}
`;
}

const comment = (line: string) => `# ${line.replaceAll(/[\r\n]+/g, " ")}`.trimEnd();

/** A text of Terraform's language, in which `\${` and `%{` would begin a template. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}
