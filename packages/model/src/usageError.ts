/** A mistake of the caller's, told in its message alone; a stack trace would say nothing more. */
export class UsageError extends Error {}
