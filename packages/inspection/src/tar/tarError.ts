/** A tar that no container runtime reads on. */
export class TarError extends Error {}
