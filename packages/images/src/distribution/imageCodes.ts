/** What can be wrong with an image. Codes are stable: people search for them. */
export const imageCodes = {
  FL2101: "platform missing",
  FL2102: "platform contradicted",
  FL2103: "nothing to run",
  FL2104: "program not found",
  FL2105: "not executable",
  FL2106: "built for another machine",
  FL2107: "loader missing",
  FL2108: "script interpreter not found",
  FL2109: "Windows line end or byte order mark in the first line",
  FL2110: "not a program",
  FL2111: "unknown user",
  FL2112: "health check can't run",
  FL2113: "link that leads nowhere",
  FL2114: "content that contradicts its digest",
  FL2115: "larger than any image should be",
  FL2116: "path that leads out of the image",
  FL2117: "not an image that can be pulled",
  FL2118: "image that can't be read",
  FL2119: "image by a tag that moves",
} as const;
export type ImageCode = keyof typeof imageCodes;
