import { posix } from "node:path";

/** A shell as far as its kind is known: `sh` may be any. */
export type Dialect = "bash" | "dash" | "busybox" | "sh";

const posixBuiltins = (
  ". : [ alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill local printf pwd read readonly return " +
  "set shift test times trap true type ulimit umask unalias unset wait"
).split(" ");
const bashBuiltins = (
  "bind builtin caller compgen complete compopt declare dirs disown enable fc help history let logout mapfile popd pushd readarray shopt " +
  "source suspend typeset"
).split(" ");

const builtins: Record<Dialect, ReadonlySet<string>> = {
  dash: new Set([...posixBuiltins, "chdir"]),
  bash: new Set([...posixBuiltins, ...bashBuiltins]),
  busybox: new Set([...posixBuiltins, "source", "let", "chdir", "help", "history", "fc", "[["]),
  sh: new Set([...posixBuiltins, ...bashBuiltins, "chdir", "print", "whence", "[["]),
};

/** Programs that busybox has in itself; built so, its shell runs them where no file has their name. */
const applets = new Set(
  (
    "acpid add-shell addgroup adduser adjtimex ar arch arp arping ascii ash awk base32 base64 basename bc beep blkdiscard blkid blockdev " +
    "bootchartd brctl bunzip2 bzcat bzip2 cal cat chat chattr chgrp chmod chown chpasswd chpst chroot chrt chvt cksum clear cmp comm conspy " +
    "cp cpio crc32 crond crontab cryptpw cttyhack cut date dc dd deallocvt delgroup deluser depmod devmem df dhcprelay diff dirname dmesg " +
    "dnsd dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap dumpleases echo ed egrep eject env envdir envuidgid ether-wake expand expr factor " +
    "fakeidentd fallocate false fatattr fbset fbsplash fdflush fdformat fdisk fgconsole fgrep find findfs flock fold free freeramdisk fsck " +
    "fsfreeze fstrim fsync ftpd ftpget ftpput fuser getfattr getopt getty grep groups gunzip gzip halt hd hdparm head hexdump hexedit hostid " +
    "hostname httpd hush hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifenslave ifplugd ifup inetd init inotifyd " +
    "insmod install ionice iostat ip ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel kbd_mode kill killall killall5 klogd last " +
    "less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname logread losetup lpd lpq lpr ls lsattr lsmod lsof lspci " +
    "lsscsi lsusb lzcat lzma lzop lzopcat makedevs makemime man md5sum mdev mesg microcom mim minips mkdir mkdosfs mke2fs mkfifo mkfs.ext2 " +
    "mkfs.minix mkfs.vfat mknod mkpasswd mkswap mktemp modinfo modprobe more mount mountpoint mpstat mt mv nameif nanddump nandwrite " +
    "nbd-client nc netcat netstat nice nl nmeter nohup nologin nproc nsenter nslookup nuke od openvt partprobe passwd paste patch pgrep pidof " +
    "ping ping6 pipe_progress pivot_root pkill pmap popmaildir poweroff powertop printenv printf ps pscan pstree pwd pwdx raidautorun rdate " +
    "rdev readahead readlink readprofile realpath reboot reformime remove-shell renice reset resize resume rev rm rmdir rmmod route rpm " +
    "rpm2cpio rtcwake run-init run-parts runlevel runsv runsvdir rx script scriptreplay sed seedrng sendmail seq setarch setconsole setfattr " +
    "setfont setkeycodes setlogcons setpriv setserial setsid setuidgid sh sha1sum sha256sum sha3sum sha384sum sha512sum showkey shred shuf " +
    "slattach sleep smemcap softlimit sort split ssl_client ssl_server start-stop-daemon stat strings stty su sulogin sum sv svc svlogd svok " +
    "swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tcpsvd tee telnet telnetd test tftp tftpd time timeout top touch " +
    "tr traceroute traceroute6 tree true truncate ts tsort tty ttysize tunctl tune2fs ubiattach ubidetach ubimkvol ubirename ubirmvol ubirsvol " +
    "ubiupdatevol udhcpc udhcpc6 udhcpd udpsvd uevent umount uname uncompress unexpand uniq unix2dos unlink unlzma unlzop unshare unxz unzip " +
    "uptime users usleep uudecode uuencode vconfig vi vlock volname w wall watch watchdog wc wget which who whoami whois xargs xxd xz xzcat " +
    "yes zcat zcip"
  ).split(" "),
);

/** Which shell a program is, by the file that a lookup ended at; undefined for what is none that is known here. */
export function dialectOf(file: string): Dialect | undefined {
  const name = posix.basename(file);
  if (name === "bash" || name === "dash") return name;
  if (name.startsWith("busybox")) return "busybox";
  return name === "sh" || name === "ash" ? "sh" : undefined;
}

/** What a shell does by itself, whatever files there are. */
export function isBuiltin(name: string, dialect: Dialect): boolean {
  return builtins[dialect].has(name);
}

/** What bash does by itself, and dash takes for a program; names that programs have as well, such as `bind`, are none. */
export function isBashAlone(name: string, dialect: Dialect): boolean {
  return dialect === "dash" && /^(compgen|declare|dirs|disown|let|mapfile|popd|pushd|readarray|shopt|source|typeset)$/.test(name);
}

/** What a shell may do without a file. */
export function mayBeApplet(name: string, dialect: Dialect): boolean {
  return (dialect === "busybox" || dialect === "sh") && applets.has(name);
}
