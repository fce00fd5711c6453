/** Changes a text whose lines end in \r\n as if they ended in \n: they, and those that come, end as they did. */
export function keepingLineEnds(text: string, change: (text: string) => string): string {
  const isWindows = text.includes("\r\n") && !/(?<!\r)\n/.test(text);
  return isWindows ? change(unixLines(text)).replace(/\n/g, "\r\n") : change(text);
}

export function unixLines(text: string): string {
  return text.replace(/\r\n/g, "\n");
}
