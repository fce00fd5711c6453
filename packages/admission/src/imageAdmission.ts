/** What images must meet in an environment before a task definition names them. What is left out is not asked for. */
export interface ImageAdmission {
  /** Registries (`public.ecr.aws`), or folders of them (`docker.io/library`), that images may come from. Any by default. */
  allowedRegistries?: readonly string[];
}
