/** One thing that the packages offer, and what proves it. */
export interface Row {
  /** What it is, as the guide and AWS call it. */
  what: string;
  /** Components, features and functions of packages/*, by name. */
  components?: string[];
  /** Keys of service.yaml, as paths. */
  keys?: string[];
  /** A resource that a stack has because of it. None where provider-check's release of the provider can't be told of it: then a test shows it. */
  example?: {
    /** `everything` by default. */
    stack?: string;
    type: string;
    /** A text that stands in the resource's inputs or options, as JSON. Any resource of the type by default. */
    has?: string;
  };
  /** The beginning of a test's title. */
  test: string;
}

/** Rows under one heading. */
export interface Area {
  title: string;
  rows: Row[];
}
