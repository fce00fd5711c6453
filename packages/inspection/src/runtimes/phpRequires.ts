/** What precedes the files that a program of PHP's loads first, and neither ends it nor depends on anything. */
const preamble =
  /^(#!.*|<\?php\s*|\s*|(\/\/|#|\s+\*|\*\/).*|\/\*[^*]*\*\/|(use|namespace)\s[\w\\ ,{}]+;|declare\(strict_types=1\);|define\('\w+', microtime\(true\)\);)$/;
const requires = /^require(?:_once)?\s*\(?\s*__DIR__\s*\.\s*'(\/[\w./-]+)'\s*\)?\s*;\s*(?:\/\/.*)?$/;

/** Files beside a program of PHP's that it surely loads, as they are written: `/vendor/autoload.php`. */
export function requiredByPhp(text: string): string[] {
  const found = [];
  let inComment = false;
  for (const line of text.split(/\r?\n/)) {
    if (inComment || /^\/\*/.test(line)) {
      inComment = !line.includes("*/");
      continue;
    }
    const file = requires.exec(line)?.[1];
    if (file !== undefined) found.push(file);
    else if (!preamble.test(line)) break;
  }
  return found;
}
