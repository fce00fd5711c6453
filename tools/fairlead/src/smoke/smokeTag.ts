/** The tag by which all that a run made can be found. */
export const smokeTag = "fairlead:smoke";
