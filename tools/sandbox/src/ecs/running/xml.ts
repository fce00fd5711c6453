/** Texts of the elements of a name, in an answer of AWS's query protocol. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`, "g"))].map(([, text]) => text!);
}

/** Text of the first element of a name. */
export function element(xml: string, name: string): string | undefined {
  return elements(xml, name)[0];
}

/** An element with its content. */
export function tag(name: string, content: string | number | undefined): string {
  return content === undefined ? "" : `<${name}>${content}</${name}>`;
}
