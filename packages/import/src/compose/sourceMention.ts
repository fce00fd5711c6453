import type { Place } from "../source/sourceNode";

/** That a file of a service names another service as a host. */
export interface SourceMention {
  /** The name that it has there. */
  host: string;
  place: Place;
  /** The port that it names, or that the scheme has. */
  port?: number;
  /** The file asks Docker's own DNS for it, which searches no domain. */
  asksDocker: boolean;
}
