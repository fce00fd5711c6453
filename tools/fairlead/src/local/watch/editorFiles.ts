/** By names that nobody gives a file that is built or read: swap files, backups, locks and what is written before it takes another's place. */
const names = [
  // Vim, also of files without a name.
  /^\.(.+\.)?sw[a-px]$/,
  // Vim, Emacs, gedit.
  /.~$/,
  /^\.#./,
  /^#.+#$/,
  /___jb_(tmp|old)___$/,
  /^\.goutputstream-\w{6}$/,
  /^\.[^/]+\.kate-swp$/,
];

/** Whether an editor keeps a file beside the one that somebody saves. */
export function isEditorFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return names.some((pattern) => pattern.test(name));
}
