import * as cloudformation from "@pulumi/aws/cloudformation";
import type * as pulumi from "@pulumi/pulumi";

/** Variables with what other stacks of CloudFormation's export. @param names of the exports, by variable */
export function exportedValues(names: Readonly<Record<string, string>> = {}): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(Object.entries(names).map(([variable, name]) => [variable, cloudformation.getExportOutput({ name }).value]));
}
