/** What a variable's name may be here. */
export const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
