/** What to do about a policy of the task role that an addon or a patch adds. */
export const permissionAdvice =
  "What data under uses needs is permitted by itself. For the rest write permissions into its service.yaml, or give the task role its statements in the stack.";
