import { rule } from "./nameRule";

/** What a service.yaml may name, whoever reads or writes it. */
export const manifestNames = {
  // Short enough for what is derived from it to be read, such as a target group's 32 characters with Pulumi's suffix. ECR takes no other hyphens.
  service: rule(40, /^[a-z](-?[a-z0-9])+$/, "2 to 40 lower-case letters, digits and single hyphens, a letter first and no hyphen last"),
  owner: rule(64, /^[A-Za-z0-9][A-Za-z0-9 ._@/+-]*$/, "at most 64 letters, digits, spaces and ._@/+-, a letter or a digit first"),
};
