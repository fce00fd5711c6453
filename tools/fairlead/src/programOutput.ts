/**
 * Plans, with what the stack's program prints on standard error: standard output is the command's own, which others read as JSON. One plan at a time.
 *
 * @param plan runs the program
 */
export async function apartFromOutput<T>(plan: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await plan();
  } finally {
    process.stdout.write = write;
  }
}
