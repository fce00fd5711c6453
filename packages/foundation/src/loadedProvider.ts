/**
 * The `__provider` of a dynamic resource of Pulumi's, as a text that loads the provider from the repository and never changes.
 * `pulumi.dynamic.Resource` writes the program's compiled functions into the state instead, where each change of the compiler shows.
 * The text names tsx because the states of those who have deployed do: another text would be a change of each of these resources.
 *
 * @param module exports the provider as `provider`
 */
export function loadedProvider(module: string): string {
  return `exports.handler = () => {
  require("tsx/cjs/api").register();
  return require(${JSON.stringify(module)}).provider;
};
`;
}
