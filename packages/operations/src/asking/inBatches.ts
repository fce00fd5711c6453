/** Lists of at most so many items. */
export function batchesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/**
 * Calls of AWS's that may be under way at once. ECS lets an account read services 100 times at once and 20 times a second after that; what is asked here
 * are batches.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const atOnce = 16;

/** Asks for each item, a few at a time; the answers are in the order of the items. */
export async function eachOf<T, Answer>(items: readonly T[], ask: (item: T) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = new Array<Answer>(items.length);
  let next = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) answers[index] = await ask(items[index]!);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return answers;
}

/** Asks for all items, as many at once as AWS takes. */
export async function inBatches<T, Answer>(items: readonly T[], size: number, ask: (batch: T[]) => Promise<Answer[]>): Promise<Answer[]> {
  return (await eachOf(batchesOf(items, size), ask)).flat();
}
