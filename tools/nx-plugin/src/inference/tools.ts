// A shell would say "pulumi: not found", and Docker without buildx that it knows no --file.

/** A command of the Pulumi CLI's, or what to install. Further arguments go to its end. */
export function pulumi(command: string): string {
  return `fairlead needs pulumi && pulumi ${command}`;
}

/** Ends with what to install where there is no docker buildx. */
export const needsBuildx = "fairlead needs buildx";
