/*
 * Janus leaves out every interface that calls itself a loopback, and test traffic stays on loopback. Loaded before libc
 * (LD_PRELOAD), this takes that mark off what getifaddrs() tells.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>

int getifaddrs(struct ifaddrs **interfaces) {
  static int (*original)(struct ifaddrs **);
  if (!original) original = (int (*)(struct ifaddrs **))dlsym(RTLD_NEXT, "getifaddrs");
  int result = original(interfaces);
  if (result != 0) return result;
  for (struct ifaddrs *entry = *interfaces; entry; entry = entry->ifa_next)
    entry->ifa_flags &= ~(unsigned)IFF_LOOPBACK;
  return result;
}
