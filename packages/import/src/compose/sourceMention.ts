import type { Place } from "../source/sourceNode";

/** That a file of a service names another service as a host. */
export interface SourceMention {
  place: Place;
  /** The port that it names, or that the scheme has. */
  port?: number;
}
