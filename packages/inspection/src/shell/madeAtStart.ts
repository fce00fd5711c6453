/** What container runtimes put into every container, so that what the image has there says nothing. */
export const madeAtStart = ["/dev", "/proc", "/sys", "/run", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/.dockerenv"];
