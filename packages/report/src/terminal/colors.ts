import { createColors } from "picocolors";

/**
 * Colours for people alone: on a terminal, or where FORCE_COLOR asks for them. picocolors by itself also colours what CI systems pipe to
 * another program, which then reads escapes.
 */
export const colors = createColors(!process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || process.stdout.isTTY === true));
