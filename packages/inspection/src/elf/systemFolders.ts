/** As much of a loader as is searched: glibc's has some 200 KiB. */
const searched = 1024 ** 2;
const longest = 512;

/**
 * The folders that were compiled into glibc's loader, each distribution's own: Debian's has /lib/x86_64-linux-gnu, Fedora's /lib64. They stand in it
 * one behind the other, each with a slash and a zero byte at its end. Undefined where no such list is found.
 */
export function systemFolders(head: Buffer): string[] | undefined {
  const bytes = head.subarray(0, searched);
  let folders: string[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    const text = bytes[end - 1] === 0x2f ? bytes.toString("latin1", Math.max(start, end - longest), end) : "";
    // What precedes the list may touch its first name.
    const folder = /\/[!-~]*\/$/.exec(text)?.[0];
    if (folder && /\/lib[\w-]*\//.test(folder)) folders.push(folder.slice(0, -1));
    else if (folders.length > 1) return folders;
    else folders = [];
    start = end + 1;
  }
  return undefined;
}
