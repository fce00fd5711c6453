/**
 * JavaScript that takes longer to make than to read, kept between runs.
 *
 * @param madeOf the texts that decide what is made, all of them: sources, versions, options
 * @param make is called where nothing is kept for just these texts
 */
export function kept(madeOf: Iterable<string>, make: () => string): string;
