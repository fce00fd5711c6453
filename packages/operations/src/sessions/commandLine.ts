/** Characters that no shell gives a meaning. */
const plain = /^[\w@%+=:,./-]+$/;

/**
 * One string for words of a command: ECS Exec takes a string, which the agent in the task takes apart as a shell would.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html
 */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
}
