/**
 * Modules of Python's standard library, of all versions.
 *
 * @see https://docs.python.org/3/py-modindex.html
 */
export const standardLibrary: ReadonlySet<string> = new Set(
  (
    "abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 " +
    "cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser " +
    "contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings " +
    "ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob " +
    "graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 " +
    "linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt " +
    "ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib " +
    "posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource " +
    "rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 " +
    "sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny " +
    "tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle " +
    "turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc " +
    "zipapp zipfile zipimport zlib zoneinfo"
  ).split(" "),
);

/** Those that may be part of the interpreter, or an extension module: which ones is each build's choice, so that no file tells whether they are there. */
const withoutSource = new Set(
  (
    "abc array atexit audioop binascii builtins cmath codecs errno faulthandler fcntl gc genericpath grp importlib io itertools marshal math mmap msilib " +
    "msvcrt nis nt ntpath os ossaudiodev posix posixpath pwd pyexpat readline resource runpy select site spwd stat sys syslog termios time unicodedata " +
    "winreg winsound zipimport zlib"
  ).split(" "),
);

/** Whether a module is a source in every Python that has it. Parts of an installation lack some (python3-minimal of Debian's), and newer versions drop some. */
export function isSourceOfPython(name: string): boolean {
  return standardLibrary.has(name) && !withoutSource.has(name);
}

/**
 * Extension modules of Python's own that a module can't be imported without, each of which needs a library of the system's. Each was imported without
 * that library; what catches the error (urllib, hashlib, uuid…) is left out. Servers import `ssl` in all of their versions.
 */
export const extensionsOfPython: ReadonlyMap<string, string> = new Map([
  ["sqlite3", "_sqlite3"],
  ["ssl", "_ssl"],
  ["ctypes", "_ctypes"],
  ["bz2", "_bz2"],
  ["lzma", "_lzma"],
  ["curses", "_curses"],
  ["readline", "readline"],
  ["gunicorn.app", "_ssl"],
  ["uvicorn", "_ssl"],
]);
